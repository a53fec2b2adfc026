/// What a clip is read for; a person who waits is told.
package enum ReadingStage: String, Sendable {
  /// What the clip is.
  case probe
  /// What it shows, and what a photo shows.
  case measure
  /// To write the output.
  case fit
  /// The output, to compare it with what was meant.
  case verify
  /// The output, to judge it.
  case recheck
  /// The best frames once more.
  case preview
}
