// Package sqlite keeps a ledger in one SQLite file, full-text index included.
//
// One connection writes, several read; write-ahead logging lets readers, also in
// other processes, go on while one writes. Every write is one transaction:
// killed at any moment, the file holds each document wholly or not at all.
//
// What lists sort and filter by is laid out for them (tables said and words in
// migrations/), worked out anew in the same transaction as whatever changes it.
package sqlite
