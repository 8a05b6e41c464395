package read_test

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord/read"
)

func TestLanguage(t *testing.T) {
	for _, test := range []struct{ want, text string }{
		{"en", "The engineers said on Tuesday that the dam had held through the night and that nobody was hurt."},
		{"en", "WASHINGTON (AP) — “We did what we could with what we had,” she said, and left the room at once."},
		{"", "Dam holds"},
		{"", "PRADO 3 LUND 1 SORIA 2 HALE 0 MERO 4 BAK 4 TORRES 2 ILO 1 VANT 0"},
		{"de", "Die Ingenieure sagten am Dienstag, dass der Damm in der Nacht gehalten habe und niemand verletzt worden sei."},
		{"fr", "Les ingénieurs ont dit mardi que le barrage avait tenu toute la nuit et que personne n'était blessé."},
		{"es", "Los ingenieros dijeron el martes que la presa aguantó toda la noche y que no hubo heridos en el pueblo."},
		{"pt", "Os engenheiros disseram na terça-feira que a barragem não cedeu durante a noite e que ninguém se feriu."},
		{"it", "Gli ingegneri hanno detto martedì che la diga ha retto per tutta la notte e che nessuno è rimasto ferito."},
		{"nl", "De ingenieurs zeiden dinsdag dat de dam het de hele nacht heeft gehouden en dat er niemand gewond is."},
		{"sv", "Ingenjörerna sade på tisdagen att dammen höll hela natten och att ingen hade blivit skadad i byn."},
		{"pl", "Inżynierowie powiedzieli we wtorek, że tama wytrzymała całą noc i że nikt nie został ranny w mieście."},
		{"cs", "Inženýři v úterý řekli, že hráz vydržela celou noc a že se ve městě nikdo nezranil, jak již bylo uvedeno."},
		{"tr", "Mühendisler salı günü barajın gece boyunca dayandığını ve kasabada hiç kimse için bir tehlike olmadığını, daha sonra da söyledi."},
		{"id", "Para insinyur mengatakan pada hari Selasa bahwa bendungan itu tidak rusak dan tidak ada yang terluka dalam kejadian tersebut."},
		{"vi", "Các kỹ sư nói rằng con đập đã đứng vững trong đêm và không có người nào bị thương ở thị trấn này."},
		{"sw", "Wahandisi walisema kwamba bwawa hilo lilidumu usiku kucha na hakuna mtu ambaye aliumia katika mji huo kwa mujibu wa taarifa ya serikali."},
		{"ru", "Инженеры сказали во вторник, что плотина выдержала всю ночь и что никто в городе не пострадал."},
		{"uk", "Інженери сказали у вівторок, що гребля витримала всю ніч і що ніхто в місті не постраждав."},
		{"ar", "قال المهندسون يوم الثلاثاء إن السد صمد طوال الليل وإن أحدا لم يصب في هذه المدينة."},
		{"fa", "مهندسان روز سه‌شنبه گفتند که سد تمام شب را تاب آورد و هیچ کس در این شهر آسیب ندید."},
		{"ur", "انجینیئرز نے منگل کو کہا کہ ڈیم رات بھر قائم رہا اور شہر میں کوئی زخمی نہیں ہوا ہے۔"},
		{"he", "המהנדסים אמרו ביום שלישי שהסכר החזיק מעמד כל הלילה ואיש לא נפגע."},
		{"el", "Οι μηχανικοί είπαν την Τρίτη ότι το φράγμα άντεξε όλη τη νύχτα."},
		{"ja", "技術者たちは火曜日、ダムは一晩中持ちこたえ、けが人はいなかったと述べた。"},
		{"zh", "工程师周二表示，大坝整夜安然无恙，镇上无人受伤，居民可以返回家园。"},
		{"ko", "기술자들은 화요일에 댐이 밤새 버텼으며 다친 사람은 없다고 말했다."},
		{"hi", "इंजीनियरों ने मंगलवार को कहा कि बांध रात भर टिका रहा और कोई घायल नहीं हुआ।"},
		{"th", "วิศวกรกล่าวเมื่อวันอังคารว่าเขื่อนทนได้ตลอดทั้งคืนและไม่มีใครได้รับบาดเจ็บ"},
	} {
		if got := read.Language(test.text); got != test.want {
			t.Errorf("%q for %q, want %q", got, test.text, test.want)
		}
	}
}

// English with foreign words in it stays English, and a quotation in it too.
func TestEnglishStaysEnglish(t *testing.T) {
	for _, text := range []string{
		"“Nous sommes prêts,” she said, which the crew took for a yes, and they went down to the dam with all they had.",
		"The Arabic sign over the door, السد صمد طوال الليل, was put up by the crew when the night was over.",
		"Dam holds\n\n" + strings.Repeat("Ana Prado, Jo Lund, Ida Soria, Per Hale. ", 40) + "All of them were at the dam.",
	} {
		if got := read.Language(text); got != "en" && got != "" {
			t.Errorf("%q for %.60q", got, text)
		}
	}
}

// A long text that is in no known language is foreign all the same.
func TestUnknownLanguage(t *testing.T) {
	text := strings.Repeat("selu dava hendi molaru pentoki vasu dremi kolatu sendra pilomi ", 15)
	if got := read.Language(text); got != "und" {
		t.Errorf("%q, want und", got)
	}
}
