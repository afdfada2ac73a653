"""Words and rows of keys of which the commonest passwords are made; pure data."""

WORDS = frozenset(
    (
        "password passwort passwd pass kennwort losung geheim geheimnis secret secure sicher sicherheit test tester "
        "testing welcome willkommen hallo hello halloliebling login logmein letmein einloggen anmelden anmeldung admin "
        "administrator administration verwaltung root user benutzer nutzer gast guest default standard change changeme "
        "aendern master boss chef superman batman spiderman starwars pokemon minecraft dragon drache monkey affe "
        "football fussball bundesliga baseball basketball hockey soccer schalke dortmund bayern hertha werder lok "
        "dynamo leipzig dresden chemnitz sachsen berlin hamburg muenchen köln koeln deutschland germany berliner "
        "sunshine sonnenschein sonne summer sommer winter fruehling frühling herbst autumn spring january februar "
        "march april august september oktober october november dezember december januar montag monday freitag friday "
        "princess prinzessin schatz schatzi liebe love iloveyou ichliebedich lieblings baby engel angel flower blume "
        "shadow killer hunter ranger cheese käse kaffee coffee schokolade chocolate banane banana computer internet "
        "samsung google facebook apple microsoft windows android whatsapp telekom fritzbox trustno michael thomas "
        "daniel andreas alexander stefan stephan christian sebastian nicole jessica jennifer michelle charlie george "
        "matthias martin florian julian tobias jakob lucky freedom freiheit whatever qazwsx asdf yxcv zxcv qwert "
        "qwertz qwerty azerty abc aaa lab labor digital digitallab technologie technik booking buchung termine house "
        "haus rathaus stadt city museum lausitz office büro buero welt world"
    ).split()
)
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "09876543210",
    "zyxwvutsrqponmlkjihgfedcba",
    "^1234567890ß´",
    "qwertzuiopü+asdfghjklöä#yxcvbnm,.-",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6zhn7ujm8ik,9ol.0pö-",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "qayxswedcvfrtgbnhzujmkiolp",
)
