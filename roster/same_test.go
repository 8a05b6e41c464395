package roster

import "testing"

func TestSameNameQuick(t *testing.T) {
	for _, c := range [][2]string{
		{"Mohammed Shia al-Sudani", "Muhammad Shiya' Al Sudani"},
		{"Abdul-Amir al-Shammari", "Abd al-Amir ash-Shammari"},
		{"Abdel Fattah el-Sisi", "Abdelfattah Elsisi"},
		{"Saddam Hussein", "Saddam Husayn"},
		{"Kim Jong Un", "Kim Jong-un"},
		{"Viktor Orbán", "Orban Viktor"},
		{"Xi Jinping", "Jinping Xi"},
		{"Sergei Lavrov", "Sergey Lavroff"},
		{"Fidel Castro", "Raúl Castro"},
		{"Joe Biden", "Joseph R. Biden Jr."},
		{"Salah ad-Din", "Salahuddin"},
		{"Vladimir Putin", "Putin"},
		{"George W. Bush", "George H. W. Bush"},
		{"Muammar Gaddafi", "Moammar Qadhafi"},
		{"Nouri al-Maliki", "Nuri Kamil al-Maliki"},
		{"Hassan Nasrallah", "Hussein Nasrallah"},
		{"Mikhail Gorbachev", "Mikhail Gorbachov"},
		{"Nicolás Maduro", "Nicolas Maduro Moros"},
		{"B. Obama", "Barack Obama"},
		{"Ali Hassan", "Hassan Ali"},
		{"Mohammed bin Salman", "Muhammad ibn Salman"},
	} {
		s, why := SameName(c[0], c[1])
		t.Log(c, s, why)
	}
}
