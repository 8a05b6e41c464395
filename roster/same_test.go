package roster

import (
	"math"
	"testing"
)

// Pairs of names of one person, as newspapers of different countries and years print them. What each
// costs is how sure the names alone can make a reader: from 0.8 they are taken for one.
func TestOnePersonInTwoSpellings(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		least float64
	}{
		// The same letters.
		{"Angela Merkel", "Angela Merkel", 1},
		{"José Manuel Barroso", "Jose Manuel Barroso", 0.95},
		{"Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", 0.95},
		{"Lech Wałęsa", "Lech Walesa", 0.95},
		{"Mevlüt Çavuşoğlu", "Mevlut Cavusoglu", 0.95},
		{"Anders Fogh Rasmussen", "ANDERS FOGH RASMUSSEN", 0.95},
		{"Ramón Calderón", "Ramon Calderon", 0.95},
		{"Jean-Claude Juncker", "Jean Claude Juncker", 0.95},
		{"Gideon Sa'ar", "Gideon Sa’ar", 0.95},
		{"Bashar al-Ja'afari", "Bashar al-Jaʿafari", 0.95},
		{"J.D. Vance", "JD Vance", 0.8},
		// Arabic: the article, its forms, glued or not.
		{"Mohammed Shia al-Sudani", "Muhammad Shiya' Al Sudani", 0.9},
		{"Nouri al-Maliki", "Nuri al-Maliki", 0.9},
		{"Nouri al-Maliki", "Nuri Kamil al-Maliki", 0.8},
		{"Bashar al-Assad", "Bashar Assad", 0.9},
		{"Bashar al-Assad", "Bachar el-Asad", 0.9},
		{"Abdel Fattah el-Sisi", "Abdelfattah al-Sisi", 0.9},
		{"Abdel Fattah el-Sisi", "Abdel-Fattah Elsisi", 0.9},
		{"Mohamed ElBaradei", "Mohammed el-Baradei", 0.9},
		{"Abdul-Amir al-Shammari", "Abd al-Amir ash-Shammari", 0.9},
		{"Abdul-Amir al-Shammari", "Abdulamir Al Shammari", 0.9},
		{"Abdul Rahman al-Rashid", "Abdulrahman Al-Rashed", 0.8},
		{"Abdullah bin Abdulaziz", "Abdallah ibn Abd al-Aziz", 0.9},
		{"Abdelaziz Bouteflika", "Abd al-Aziz Butaflika", 0.8},
		{"Abd Rabbuh Mansur Hadi", "Abdrabbuh Mansour Hadi", 0.9},
		{"Mohammed bin Salman", "Muhammad bin Salman", 0.9},
		{"Mohammed bin Salman", "Mohammed ibn Salman", 0.9},
		{"Mohammed bin Salman", "Mohamed Salman", 0.8},
		{"Saddam Hussein", "Saddam Husayn", 0.9},
		{"Muammar Gaddafi", "Moammar Qadhafi", 0.8},
		{"Muammar Gaddafi", "Muammar al-Kadhafi", 0.9},
		{"Osama bin Laden", "Usama bin Ladin", 0.9},
		{"Hosni Mubarak", "Husni Mubarak", 0.9},
		{"Mohamed Morsi", "Mohammed Mursi", 0.9},
		{"Haider al-Abadi", "Haydar al-Ebadi", 0.9},
		{"Iyad Allawi", "Ayad Allawi", 0.9},
		{"Ibrahim al-Jaafari", "Ibrahim al-Ja'fari", 0.8},
		{"Muqtada al-Sadr", "Moqtada Sadr", 0.9},
		{"Fuad Masum", "Fouad Massoum", 0.9},
		{"Masoud Barzani", "Massoud Barzani", 0.9},
		{"Hassan Nasrallah", "Hasan Nasrullah", 0.9},
		{"Khaled Mashal", "Khalid Meshaal", 0.9},
		{"Ismail Haniyeh", "Ismael Haniya", 0.9},
		{"Ayman al-Zawahiri", "Ayman Zawahri", 0.9},
		{"Salah ad-Din", "Salahuddin", 0.8},
		{"Mahmoud Ahmadinejad", "Mahmud Ahmadinezhad", 0.9},
		{"Hassan Rouhani", "Hasan Rowhani", 0.8},
		{"Mohammad Javad Zarif", "Mohammed Zarif", 0.8},
		{"Tariq Aziz", "Tarek Aziz", 0.9},
		{"Yusuf al-Qaradawi", "Yousef al-Qaradawi", 0.9},
		// Hebrew, Persian, Turkish, of South Asia.
		{"Benjamin Netanyahu", "Binyamin Netanyahu", 0.9},
		{"Yitzhak Rabin", "Itzhak Rabin", 0.9},
		{"Nawaz Sharif", "Navaz Sharif", 0.9},
		{"Shehbaz Sharif", "Shahbaz Sharif", 0.9},
		// Russian, Ukrainian and others in Cyrillic.
		{"Sergei Lavrov", "Sergey Lavrov", 0.9},
		{"Sergei Lavrov", "Sergey Lavroff", 0.9},
		{"Volodymyr Zelensky", "Volodymyr Zelenskyy", 0.9},
		{"Volodymyr Zelensky", "Vladimir Zelenskiy", 0.9},
		{"Dmitry Medvedev", "Dmitri Medvedyev", 0.9},
		{"Mikhail Gorbachev", "Mikhail Gorbatchev", 0.9},
		{"Alexander Lukashenko", "Alyaksandr Lukashenka", 0.9},
		{"Yevgeny Prigozhin", "Evgeny Prigojin", 0.9},
		{"Nikita Khrushchev", "Nikita Khruschev", 0.9},
		{"Alexei Navalny", "Aleksey Navalnyy", 0.9},
		{"Yulia Tymoshenko", "Julia Timoshenko", 0.9},
		{"Vladimir Putin", "Vladimir Vladimirovich Putin", 0.8},
		// Chinese, Korean, Hungarian: order and hyphens.
		{"Kim Jong Un", "Kim Jong-un", 0.95},
		{"Kim Jong Un", "Kim Jongun", 0.9},
		{"Kim Jong Un", "Jong Un Kim", 0.8},
		{"Xi Jinping", "Jinping Xi", 0.8},
		{"Moon Jae-in", "Jae-in Moon", 0.8},
		{"Viktor Orbán", "Orbán Viktor", 0.8},
		{"Tsai Ing-wen", "Ing-wen Tsai", 0.8},
		{"Shinzo Abe", "Abe Shinzo", 0.8},
		{"Park Geun-hye", "Pak Geun Hye", 0.8},
		// Middle names, initials, short forms, ranks, Junior.
		{"George W. Bush", "George Walker Bush", 0.7},
		{"Joe Biden", "Joseph Biden", 0.8},
		{"Bill Clinton", "William Jefferson Clinton", 0.75},
		{"Tony Blair", "Anthony Blair", 0.8},
		{"Mike Pompeo", "Michael R. Pompeo", 0.75},
		{"Barack Obama", "Barack Hussein Obama", 0.8},
		{"Donald Trump", "Donald J. Trump", 0.8},
		{"President Barack Obama", "Barack Obama", 0.95},
		{"Dr. Mahathir Mohamad", "Mahathir Mohamed", 0.9},
		{"Ursula von der Leyen", "Ursula Von Der Leyen", 0.95},
		{"Martin Luther King Jr.", "Martin Luther King Jr", 0.95},
	} {
		score, why := SameName(c.a, c.b)
		if score < c.least {
			t.Errorf("%s and %s: %.2f (%s), want at least %.2f", c.a, c.b, score, why, c.least)
		}
		if back, _ := SameName(c.b, c.a); back != score {
			t.Errorf("%s and %s: %.2f one way, %.2f the other", c.a, c.b, score, back)
		}
	}
}

// Names that may be one person's: too little is said to be sure.
func TestPerhapsOnePerson(t *testing.T) {
	for _, c := range [][2]string{
		{"Vladimir Putin", "Putin"},
		{"Mohammed Shia al-Sudani", "al-Sudani"},
		{"Nicolás Maduro", "Nicolás Maduro Moros"},
		{"Nicolás Maduro", "Nicolás Maduro Guerra"}, // his son
		{"Pedro Sánchez", "Pedro Sánchez Pérez-Castejón"},
		{"B. Obama", "Barack Obama"},
		{"J. Kerry", "John Kerry"},
		{"Joe Biden", "Joseph R. Biden Jr."},
		{"George Bush", "George Bush Jr."},
		{"King Charles", "Charles III"},
		{"Shia al-Sudani", "Mohammed Shia al-Sudani"},
		{"Hugo Chávez", "Hugo Rafael Chávez Frías"},
		{"Mohammed Ali", "Mohammed Ali Hassan"},
		{"Ali Hassan", "Hassan Ali"},
	} {
		if score, why := SameName(c[0], c[1]); score < 0.2 || score >= 0.8 {
			t.Errorf("%s and %s: %.2f (%s), want a perhaps", c[0], c[1], score, why)
		}
	}
}

// Names of two persons, however alike.
func TestTwoPersons(t *testing.T) {
	for _, c := range [][2]string{
		{"Fidel Castro", "Raúl Castro"},
		{"Hafez al-Assad", "Bashar al-Assad"},
		{"Kim Jong Il", "Kim Jong Un"},
		{"Kim Il Sung", "Kim Jong Il"},
		{"Rafik Hariri", "Saad Hariri"},
		{"Masoud Barzani", "Masrour Barzani"},
		{"Masoud Barzani", "Nechirvan Barzani"},
		{"Nawaz Sharif", "Shehbaz Sharif"},
		{"Mahinda Rajapaksa", "Gotabaya Rajapaksa"},
		{"Indira Gandhi", "Rajiv Gandhi"},
		{"Bill Clinton", "Hillary Clinton"},
		{"Benazir Bhutto", "Bilawal Bhutto"},
		{"George W. Bush", "George H. W. Bush"},
		{"George W. Bush", "Jeb Bush"},
		{"John Kerry", "Bob Kerrey"},
		{"Hassan Nasrallah", "Hussein Nasrallah"},
		{"Mohammed al-Sudani", "Ahmed al-Sudani"},
		{"Ali Khamenei", "Mojtaba Khamenei"},
		{"Ruhollah Khomeini", "Ali Khamenei"},
		{"Michel Aoun", "Joseph Aoun"},
		{"Jalal Talabani", "Qubad Talabani"},
		{"Abdul Karim Qasim", "Abdul Rahman Qasim"},
		{"Mohammed bin Salman", "Mohammed bin Nayef"},
		{"Mohammed bin Salman", "Khalid bin Salman"},
		{"Charles I", "Charles III"},
		{"John Paul I", "John Paul II"},
		{"Pope Benedict XV", "Pope Benedict XVI"},
		{"Petro Poroshenko", "Petro Symonenko"},
		{"Viktor Yushchenko", "Viktor Yanukovych"},
		{"Park Chung-hee", "Park Geun-hye"},
		{"Lee Myung-bak", "Lee Jae-myung"},
		{"Xi Jinping", "Xi Zhongxun"},
		{"Mark Rutte", "Martin Rutte"},
		{"Maria Sanchez", "Mario Sanchez"},
		{"Jan Novak", "Jon Novak"},
		{"Michael Martin", "Michelle Martin"},
		{"David Cameron", "James Cameron"},
		{"Angela Merkel", "Vladimir Putin"},
		{"Putin", "Biden"},
		{"", "Putin"},
		{"...", "---"},
	} {
		if score, why := SameName(c[0], c[1]); score > 0.3 {
			t.Errorf("%s and %s: %.2f (%s), want two persons", c[0], c[1], score, why)
		}
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Recep Tayyip ERDOĞAN", "recep tayyip erdogan"},
		{"Mohammed Shia' al-Sudani", "mohammed shia al sudani"},
		{"U.S.", "us"},
		{"Bjørn  Łukasz—Straße", "bjorn lukasz strasse"},
		{"Sa\u02bfar, Gideon", "saar gideon"},
		{"Путин", "путин"},
		{"習近平", "習近平"},
		{" -'- ", ""},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("%q is folded to %q, want %q", c.in, got, c.want)
		}
	}
}

// TestSpellings parses the file whole: no word in two classes, nothing unfolded.
func TestSpellings(t *testing.T) {
	s, err := parseSpellings(spellingsFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.word) < 500 || len(s.short) < 80 {
		t.Errorf("%d spellings and %d short forms: too few to be the whole file", len(s.word), len(s.short))
	}
	for _, bad := range []string{"word\ta", "verse\ta\tb", "word\ta\tb\nword\tc\tb", "word\ta\tÉ"} {
		if _, err := parseSpellings(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

// FuzzSameName: never a panic, always between 0 and 1, the same both ways, and 1 for a name and itself.
func FuzzSameName(f *testing.F) {
	for _, s := range []string{"Abd al-", "Mohammed bin Salman", "J.F.K.", "Kim Jong-un", "al-", "xi", "Иван Иванов", "a\u0301", "\xff", "Salah ad-Din", "Charles III"} {
		f.Add(s, "al-Sudani")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		score, why := SameName(a, b)
		if math.IsNaN(score) || score < 0 || score > 1 || why == "" {
			t.Fatalf("%q and %q: %v, %q", a, b, score, why)
		}
		if back, _ := SameName(b, a); back != score {
			t.Fatalf("%q and %q: %v one way, %v the other", a, b, score, back)
		}
		if self, _ := SameName(a, a); Fold(a) != "" && self != 1 {
			t.Fatalf("%q and itself: %v", a, self)
		}
	})
}

func BenchmarkSameName(b *testing.B) {
	for b.Loop() {
		SameName("Mohammed Shia al-Sudani", "Muhammad Shiya' Al Sudani")
	}
}
