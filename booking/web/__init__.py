"""The pages and the post: everything that knows Flask, apart from the roof and the commands."""
