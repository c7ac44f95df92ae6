package legacy

// Info is what the bank knows of the person (legacy-api §2.2).
type Info struct {
	Names        []string  `json:"names"`
	Emails       []Contact `json:"emails"`
	PhoneNumbers []Contact `json:"phone_numbers"`
	Addresses    []Address `json:"addresses"`
}

// Contact is an e-mail address or a telephone number.
type Contact struct {
	Primary bool   `json:"primary"`
	Type    string `json:"type"` // personal, home, work, …
	Data    string `json:"data"`
}

// Address is a postal address.
type Address struct {
	Primary bool   `json:"primary"`
	Data    Street `json:"data"`
}

// Street is what is written on a letter.
type Street struct {
	Street string `json:"street"`
	City   string `json:"city"`
	State  string `json:"state"`
	Zip    string `json:"zip"`
}

// Income is what the person seems to earn (legacy-api §2.2).
type Income struct {
	Streams                       []IncomeStream `json:"income_streams"`
	LastYear                      Number         `json:"last_year_income"`
	LastYearBeforeTax             Number         `json:"last_year_income_before_tax"`
	ProjectedYearly               Number         `json:"projected_yearly_income"`
	ProjectedYearlyBeforeTax      Number         `json:"projected_yearly_income_before_tax"`
	MaxNumberOfOverlappingStreams int            `json:"max_number_of_overlapping_income_streams"`
	NumberOfStreams               int            `json:"number_of_income_streams"`
}

// IncomeStream is one payer.
type IncomeStream struct {
	Name          string  `json:"name"`
	MonthlyIncome Number  `json:"monthly_income"`
	Confidence    float64 `json:"confidence"` // 0 to 1
	Days          int     `json:"days"`       // for how long it has been seen
}

// Risk is how risky an account looks: Score and its reasons, each from 0 to 1 (legacy-api §2.2).
type Risk struct {
	Score  float64    `json:"score"`
	Reason RiskReason `json:"reason"`
}

// RiskReason are the nine parts of a Risk.
type RiskReason struct {
	ZeroCount               float64 `json:"zero_count"`
	RatioLowAverage         float64 `json:"ratio_low_average"`
	HighRiskClassTxns       float64 `json:"high_risk_class_txns"`
	BankTransfers           float64 `json:"bank_transfers"`
	BenfordsLaw             float64 `json:"benfords_law"`
	TransactionAmounts      float64 `json:"transaction_amounts"`
	AdditionalRiskClassTxns float64 `json:"additional_risk_class_txns"`
	ForeignFees             float64 `json:"foreign_fees"`
	FractionBankFees        float64 `json:"fraction_bank_fees"`
}
