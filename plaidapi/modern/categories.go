package modern

import "context"

// LegacyCategory is a place in the taxonomy of old, top first.
type LegacyCategory struct {
	ID        string   `json:"category_id"`
	Group     string   `json:"group"` // "place" or "special"
	Hierarchy []string `json:"hierarchy"`
}

// CategoriesReply is the taxonomy of old.
type CategoriesReply struct {
	Answer
	Categories []LegacyCategory `json:"categories"`
}

// Categories reads the taxonomy of old, which Plaid improves no more (modern-api §9). No keys are
// needed and none are sent. The taxonomy of today has no call: see CategoryOf.
func (c *Client) Categories(ctx context.Context) (*CategoriesReply, error) {
	return post[CategoriesReply](ctx, c, call{path: "categories/get", open: true}, struct{}{})
}
