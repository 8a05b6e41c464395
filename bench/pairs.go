package bench

// Pairs ties one document's gold attributions and predictions one to one, by the
// rule behind "detected": the index of each gold attribution's prediction, or -1.
// Depths are not looked at.
func Pairs(words string, gold, predicted []Attribution) []int {
	c := comparison{text: newText(words)}
	for i := range gold {
		c.gold = append(c.gold, c.text.parts(&gold[i]))
	}
	for i := range predicted {
		c.predicted = append(c.predicted, c.text.parts(&predicted[i]))
	}
	c.pair()
	return c.pairedTo
}
