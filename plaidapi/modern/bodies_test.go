package modern_test

// Bodies made after modern-api §3, nulls included.
const (
	accessToken = `{"access_token":"access-sandbox-1"}`

	tartanBank = `{"institution_id":"ins_109511","name":"Tartan Bank","products":["auth","transactions"],"country_codes":["US"],` +
		`"routing_numbers":[],"dtc_numbers":[],"oauth":false,"url":"https://www.Tartan.example/login","primary_color":null,"logo":null,` +
		`"status":{"item_logins":{"status":"DEGRADED","last_status_change":"2026-03-14T10:00:00Z",` +
		`"breakdown":{"success":0.5,"error_plaid":0,"error_institution":0.5,"refresh_interval":"DELAYED"}},"health_incidents":null}}`

	itemJSON = `{"item_id":"I","institution_id":"ins_109511","institution_name":"Tartan Bank","webhook":null,"error":null,` +
		`"available_products":["balance"],"billed_products":["transactions"],"products":["transactions"],"consented_products":["auth","transactions"],` +
		`"consent_expiration_time":"2026-03-20T00:00:00Z","update_type":"background"}`

	checking = `{"account_id":"a","balances":{"available":100,"current":110.005,"limit":null,"iso_currency_code":"USD","unofficial_currency_code":null},` +
		`"mask":"0000","name":"Everyday\u001b[2J","official_name":null,"type":"depository","subtype":"checking"}`

	card = `{"account_id":"b","balances":{"available":null,"current":410.5,"limit":2000,"iso_currency_code":null,"unofficial_currency_code":"BTC"},` +
		`"mask":null,"name":"Card","official_name":"Gold","type":"credit","subtype":"credit card"}`

	coffee = `{"account_id":"a","amount":4.33,"iso_currency_code":"USD","unofficial_currency_code":null,"category":["Food and Drink","Coffee"],` +
		`"category_id":"13005043","check_number":null,"date":"2026-03-12","location":{"address":"1 St","city":"Springfield","region":"CA",` +
		`"postal_code":"94108","country":"US","lat":40.74,"lon":-74.0,"store_number":null},"name":"SQ *BLUEBOTTLE 12","merchant_name":"Bluebottle",` +
		`"merchant_entity_id":"m","original_description":"SQ *BLUEBOTTLE 12 CA","payment_meta":{"payee":null},"pending":false,` +
		`"pending_transaction_id":"p1","account_owner":null,"transaction_id":"t1","transaction_type":"place","logo_url":null,"website":null,` +
		`"authorized_date":"2026-03-11","authorized_datetime":null,"datetime":null,"payment_channel":"in store",` +
		`"personal_finance_category":{"primary":"FOOD_AND_DRINK","detailed":"FOOD_AND_DRINK_COFFEE","confidence_level":"VERY_HIGH","version":"v2"},` +
		`"counterparties":[{"name":"Bluebottle","type":"merchant","entity_id":"m","confidence_level":"HIGH","website":null,"logo_url":null}],` +
		`"transaction_code":null}`

	rent = `{"account_id":"a","stream_id":"s","description":"RENT","merchant_name":null,"first_date":"2025-10-01","last_date":"2026-03-01",` +
		`"predicted_next_date":"2026-04-01","frequency":"MONTHLY","transaction_ids":["t1"],"average_amount":{"amount":1500,"iso_currency_code":"USD","unofficial_currency_code":null},` +
		`"last_amount":{"amount":1550.5,"iso_currency_code":"USD","unofficial_currency_code":null},"is_active":true,"status":"MATURE",` +
		`"personal_finance_category":{"primary":"RENT_AND_UTILITIES","detailed":"RENT_AND_UTILITIES_RENT","confidence_level":null}}`

	shares = `{"account_id":"i","security_id":"f","institution_price":42.10,"institution_price_as_of":"2026-03-13","institution_value":0.42,` +
		`"cost_basis":null,"quantity":0.01,"iso_currency_code":"USD","unofficial_currency_code":null}`

	fund = `{"security_id":"f","isin":null,"cusip":null,"name":"Tartan Fund","ticker_symbol":"TRTN","is_cash_equivalent":null,"type":"mutual fund",` +
		`"close_price":42,"close_price_as_of":"2026-03-13","iso_currency_code":"USD","unofficial_currency_code":null}`

	cardDebt = `{"account_id":"b","aprs":[{"apr_percentage":27.99,"apr_type":"cash_apr","balance_subject_to_apr":null,"interest_charge_amount":null},` +
		`{"apr_percentage":15.24,"apr_type":"purchase_apr","balance_subject_to_apr":null,"interest_charge_amount":null}],"is_overdue":null,` +
		`"last_payment_amount":168.25,"last_payment_date":"2026-02-22","last_statement_issue_date":"2026-02-28","last_statement_balance":410.5,` +
		`"minimum_payment_amount":20,"next_payment_due_date":"2026-03-28"}`
)
