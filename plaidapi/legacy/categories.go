package legacy

import (
	"context"

	"tartan/plaidapi/internal/wire"
)

// Category is a place in the taxonomy of transactions (legacy-api §2.11).
type Category struct {
	ID        string   `json:"id"` // eight digits; they sort in the order of the hierarchy
	Hierarchy []string `json:"hierarchy"`
	Type      string   `json:"type"` // place, special or digital
}

// CategoriesReply is the whole taxonomy.
type CategoriesReply struct {
	Answer
	Categories []Category
}

// Categories lists the taxonomy. No keys are needed.
func (c *Client) Categories(ctx context.Context) (*CategoriesReply, error) {
	out := &CategoriesReply{}
	err := c.public(ctx, "categories", []string{"categories"}, nil, out, func(_ int, body []byte) error {
		return wire.Decode(body, &out.Categories)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// CategoryRequest names one category.
type CategoryRequest struct{ ID string }

// CategoryReply is one category.
type CategoryReply struct {
	Answer
	Category
}

// Category fetches one category. An unknown one fails with ResourceNotFound. No keys are needed.
func (c *Client) Category(ctx context.Context, req CategoryRequest) (*CategoryReply, error) {
	if req.ID == "" {
		return nil, missing("category")
	}
	out := &CategoryReply{}
	err := c.public(ctx, "category", []string{"categories", req.ID}, nil, out, func(_ int, body []byte) error {
		return wire.Decode(body, &out.Category)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
