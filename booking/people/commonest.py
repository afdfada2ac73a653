"""Words and rows of keys of which the commonest passwords are made; pure data."""

_LISTED = """
aaa abc admin administration administrator aendern affe alexander andreas android angel anmelden anmeldung
apple april asdf august autumn azerty baby banana banane baseball basketball batman bayern benutzer berlin
berliner blume booking boss buchung buero bundesliga büro change changeme charlie cheese chef chemnitz
chocolate christian city coffee computer daniel december default deutschland dezember digital digitallab
dortmund drache dragon dresden dynamo einloggen engel facebook februar florian flower football freedom
freiheit freitag friday fritzbox fruehling frühling fussball gast geheim geheimnis george germany google
guest hallo halloliebling hamburg haus hello herbst hertha hockey house hunter ichliebedich iloveyou
internet jakob januar january jennifer jessica julian kaffee kennwort killer koeln käse köln lab labor
lausitz leipzig letmein liebe lieblings login logmein lok losung love lucky march martin master matthias
michael michelle microsoft minecraft monday monkey montag muenchen museum nicole november nutzer october
office oktober pass passwd password passwort pokemon princess prinzessin qazwsx qwert qwerty qwertz ranger
rathaus root sachsen samsung schalke schatz schatzi schokolade sebastian secret secure september shadow
sicher sicherheit soccer sommer sonne sonnenschein spiderman spring stadt standard starwars stefan stephan
summer sunshine superman technik technologie telekom termine test tester testing thomas tobias trustno user
verwaltung welcome welt werder whatever whatsapp willkommen windows winter world yxcv zxcv
"""
WORDS = frozenset(_LISTED.split())
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
