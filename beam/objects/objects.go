// Package objects lets stacktracebeam.Scan split files in the object stores of Google Cloud (gs://) and Amazon (s3://). A
// program imports it for that alone; it imports Beam's file systems for both too. Credentials are those that these take.
package objects

import (
	"context"
	"fmt"
	"io"
	"strings"

	"cloud.google.com/go/storage"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/gcs"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/s3"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/util/gcsx"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	stacktracebeam "github.com/stacktrace-go/stacktrace/beam"
)

func init() {
	stacktracebeam.RegisterOpenFrom("gs", openGoogle)
	stacktracebeam.RegisterOpenFrom("s3", openAmazon)
}

// split returns the bucket and the key of an object's name.
func split(name string) (bucket, key string, err error) {
	_, path, _ := strings.Cut(name, "://")
	bucket, key, ok := strings.Cut(path, "/")
	if !ok || bucket == "" || key == "" {
		return "", "", fmt.Errorf("%s is no object in a bucket", name)
	}
	return bucket, key, nil
}

// reading is an object that is read, with the client that is closed behind it.
type reading struct {
	io.ReadCloser
	client io.Closer
}

func (r reading) Close() error {
	defer r.client.Close()
	return r.ReadCloser.Close()
}

func openGoogle(ctx context.Context, name string, offset int64) (io.ReadCloser, error) {
	bucket, key, err := split(name)
	if err != nil {
		return nil, err
	}
	client, err := gcsx.NewClient(ctx, storage.ScopeReadOnly)
	if err != nil {
		if client, err = gcsx.NewUnauthenticatedClient(ctx); err != nil {
			return nil, err
		}
	}
	// An object that is stored compressed by gzip is given as it is stored, as its size and its first bytes are told.
	r, err := client.Bucket(bucket).Object(key).ReadCompressed(true).NewRangeReader(ctx, offset, -1)
	if err != nil {
		client.Close()
		return nil, err
	}
	return reading{r, client}, nil
}

func openAmazon(ctx context.Context, name string, offset int64) (io.ReadCloser, error) {
	bucket, key, err := split(name)
	if err != nil {
		return nil, err
	}
	settings, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	part := fmt.Sprintf("bytes=%d-", offset)
	out, err := s3.NewFromConfig(settings).GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: &key, Range: &part})
	if err != nil {
		return nil, err
	}
	return out.Body, nil
}
