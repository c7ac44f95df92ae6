package ui

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"tartan/plaidapi"
)

// eighths is the block that fills so many eighths of a cell.
func eighths(n int) string {
	if n <= 0 {
		return " "
	}
	return string('▁' + rune(min(n, 8)) - 1)
}

// heights are the figures of a series, for drawing only, and whether they are what is owed: where
// none is above zero, a figure is how far it is from it.
func heights(values []plaidapi.Money) (drawn []float64, owed bool) {
	drawn = make([]float64, len(values))
	above, below := false, false
	for i, m := range values {
		drawn[i] = math.NaN()
		if figure, err := strconv.ParseFloat(m.Decimal(), 64); err == nil && m.Known() {
			drawn[i] = figure
		}
		above, below = above || drawn[i] > 0, below || drawn[i] < 0
	}
	if owed = below && !above; owed {
		for i := range drawn {
			drawn[i] = -drawn[i]
		}
	}
	return drawn, owed
}

// sampled is a series in so many cells, of which each shows the last of the figures it stands for.
func sampled(series []float64, cells int) []float64 {
	if len(series) == 0 {
		return nil
	}
	out := make([]float64, cells)
	for i := range out {
		out[i] = series[((i+1)*len(series)+cells-1)/cells-1]
	}
	return out
}

// span is the least and the greatest of what is known in a series. It is not ok when nothing is.
func span(series []float64) (least, most float64, ok bool) {
	least, most = math.Inf(1), math.Inf(-1)
	for _, v := range series {
		if !math.IsNaN(v) {
			least, most, ok = min(least, v), max(most, v), true
		}
	}
	return least, most, ok
}

// trend draws a series in one line, between its least and its greatest. One that stays as it is runs
// through the middle; what is not known is blank.
func trend(values []plaidapi.Money, cells int) string {
	series, _ := heights(values)
	columns := sampled(series, max(cells, 0))
	least, most, ok := span(columns)
	if !ok {
		return blank(cells)
	}
	var b strings.Builder
	for _, v := range columns {
		switch {
		case math.IsNaN(v):
			b.WriteString(eighths(0))
		case least == most:
			b.WriteString(eighths(4))
		default:
			b.WriteString(eighths(1 + int(math.Round(7*(v-least)/(most-least)))))
		}
	}
	return b.String()
}

// area draws a series over so many lines, filled from zero, and says what to write beside each line:
// the top of the scale at the first, 0 where zero is. What is owed is drawn by how far it is from
// zero. With figures of both signs it is filled from the bottom, and a line runs at zero.
func area(values []plaidapi.Money, cells, lines int) (rows, labels []string) {
	rows, labels = make([]string, max(lines, 0)), make([]string, max(lines, 0))
	series, owed := heights(values)
	least, most, ok := span(series)
	if !ok || lines <= 0 || cells <= 0 {
		return rows, labels
	}
	bottom, top := -round(-least), round(most)
	if least >= 0 {
		bottom = 0
	}
	unit := (top - bottom) / float64(lines)
	zero := lines - 1 - min(int(-bottom/unit), lines-1)
	columns := sampled(series, cells)
	for i := range rows {
		floor := bottom + float64(lines-1-i)*unit
		var b strings.Builder
		for _, v := range columns {
			b.WriteString(cell(v, floor, unit, i == lines-1, bottom < 0 && i == zero))
		}
		rows[i] = b.String()
	}
	labels[zero] = "0"
	labels[0] = short(top)
	if owed {
		labels[0] = "-" + labels[0]
	}
	if bottom < 0 && zero != lines-1 {
		labels[lines-1] = "-" + short(-bottom)
	}
	return rows, labels
}

// cell is one cell of an area, whose lower edge is at floor. In the lowest line the least there is
// to see stands for as good as nothing; where zero is, a line stands above what is below it.
func cell(v, floor, unit float64, lowest, axis bool) string {
	full := 0
	if !math.IsNaN(v) {
		full = int(math.Round(8 * min(1, max(0, (v-floor)/unit))))
		if lowest {
			full = max(full, 1)
		}
	}
	if axis && full == 0 {
		return "─"
	}
	return eighths(full)
}

// round is the next round number that is at least v, which short writes without a point.
func round(v float64) float64 {
	if v <= 1 {
		return 1
	}
	exponent := math.Floor(math.Log10(v))
	power := math.Pow(10, exponent)
	steps := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9}
	if math.Mod(exponent, 3) != 0 { // there is a digit to spare
		steps = []float64{1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8}
	}
	for _, step := range steps {
		if step*power >= v {
			return step * power
		}
	}
	return 10 * power
}

// short writes a round number: "800", "6k", "20M".
func short(v float64) string {
	units := []string{"", "k", "M", "B", "T"}
	i := 0
	for ; v >= 1000 && i < len(units)-1; i++ {
		v /= 1000
	}
	return strconv.FormatFloat(math.Round(v), 'f', 0, 64) + units[i]
}

// calendar writes below a chart which month begins where, from the first of so many days on. The
// month that the chart begins in has its name at the beginning, where there is room for it.
func calendar(first plaidapi.Date, days, cells int) string {
	const name = 3
	line := []byte(strings.Repeat(" ", max(cells, 0)))
	free := 0
	starts := []int{}
	for i := 1; i < days; i++ {
		if (first + plaidapi.Date(i)).Day() == 1 {
			starts = append(starts, i)
		}
	}
	if len(starts) == 0 || starts[0]*cells/max(days, 1) > name {
		starts = slices.Insert(starts, 0, 0)
	}
	for _, day := range starts {
		at := day * cells / max(days, 1)
		if at >= free && at+name <= cells {
			copy(line[at:], (first + plaidapi.Date(day)).Time().Format("Jan"))
			free = at + name + 1
		}
	}
	return strings.TrimRight(string(line), " ")
}
