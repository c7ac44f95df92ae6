package wire

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/cenkalti/backoff/v5"

	"tartan/plaidapi"
)

// A read is tried three times, 0.5 to 4 s apart, or as long as the server says up to a minute.
const (
	tries         = 3
	longestRetry  = 60 * time.Second
	shortestPause = 500 * time.Millisecond
	longestPause  = 4 * time.Second
)

// repeat sends a read until it succeeds or fails for good. It does not wait for what ctx would not
// live to see: then the last answer stands.
func (c *Client) repeat(ctx context.Context, call Call) (*Reply, error) {
	pauses := &backoff.ExponentialBackOff{
		InitialInterval: time.Second, Multiplier: 2, RandomizationFactor: 0.5, MaxInterval: longestPause,
	}
	for try := 1; ; try++ {
		reply, err := c.once(ctx, call)
		if try == tries || !passing(reply, err) || err == nil && call.Final != nil && call.Final(reply) {
			return reply, err
		}
		pause := min(max(pauses.NextBackOff(), shortestPause), longestPause)
		if reply != nil && reply.retryAfter > 0 {
			pause = reply.retryAfter
		}
		if end, ok := ctx.Deadline(); pause > longestRetry || ok && time.Until(end) < pause {
			return reply, err
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return reply, err
		}
	}
}

// passing reports what may go better next time: 429, 5xx, and lost or refused connections. Who was
// slow once has had all the time there is.
func passing(reply *Reply, err error) bool {
	if err != nil {
		return errors.Is(err, plaidapi.Offline) && !errors.Is(err, errUntrusted) && !errors.Is(err, errSlow)
	}
	return reply.Status == http.StatusTooManyRequests || reply.Status >= http.StatusInternalServerError
}

// retryAfter reads the header in either form, seconds or a date; 0 when there is nothing to obey.
func retryAfter(value string) time.Duration {
	if seconds, err := strconv.Atoi(value); err == nil {
		return time.Duration(min(max(seconds, 0), 1<<20)) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(time.Until(at), 0)
	}
	return 0
}
