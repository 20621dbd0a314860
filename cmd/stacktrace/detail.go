package main

// detail is what a report shows of a group beside what top does.
type detail struct{}
