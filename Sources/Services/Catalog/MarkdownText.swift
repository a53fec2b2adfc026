/// The sentences around the tables of `Docs/provider-codes.md`.
enum MarkdownText {
  static let introduction = """
    # Provider codes

    Every code that the services document, what predicts it, and where each limit comes from. \
    This file is made from the tables that the judge reads (`CodeCatalog.markdown()`), and a test \
    compares the two. To make it again: `VPREP_WRITE_DOCS=1 swift test --filter \
    ServicesTests`.

    A code is of one of three classes. **predict**: judged from the clip or the photo. **lint**: \
    judged from the request's parameters. **server**: only the service can know; vprep lists it \
    under `unpredictable` and never guesses.

    A limit is of one of four kinds, strongest first. **documented**: the service states it for \
    this API. **calibrated**: found by trying clips with known answers. **carried**: taken from \
    another published product, SDK or standard. **heuristic**: chosen with reasons. No \
    service publishes figures for light, blur or the size of the face, so those limits are carried \
    or heuristic: they warn in a grey zone and fail only far beyond it.

    How the frames become one value. **median**: the middle value. **minimum** and **maximum**: a \
    limit that they cross is crossed in every frame. **share of frames**: how many frames satisfy \
    the measure. **best frames**: the median over the \(FrameRanking.judgedFrames) frames that the \
    rules of this kind like best, because the servers score the best frame they find. **whole \
    clip**: the measure has one value.
    """

  static let notes = notes(on: TencentVideo.rules.movements)

  /// - Parameter actions: the rules of ACTION, which say whether the order of the movements counts.
  private static func notes(on actions: [Rule]) -> String {
    let turns = [Measure.eyesInTurn.name, Measure.mouthInTurn.name]
    let judged = actions.filter { turns.contains($0.measure.name) }
    let codes = judged.map { "`\($0.code)`" }.joined(separator: " and ")
    let order =
      judged.isEmpty
      ? "Their order is not judged."
      : "A movement out of its turn is predicted as \(codes), a warning."
    return """
      ## Notes

      - A rule that has nothing to read is listed under `unmeasured` with the reason; it never passes \
      silently. Without a face model the verdict is `incomplete` unless something fails.
      - Dark skin in good light has a low mean and bright highlights, so a low mean counts only \
      together with a low 95th percentile.
      - Left and right are those of a viewer of the upright picture. A front camera that records \
      mirrored swaps them.
      - The ACTION sequence (`ValidateData`) of `VideoLivenessCompare` is `1,2` or `2,1`. Its document \
      does not say which number is which action; those of its siblings `GetActionSequence` and \
      `CompareFaceLiveness` do: 1 is to open the mouth, 2 to close the eyes. Both movements are looked \
      for. `CompareFaceLiveness` asks for one or two of four: 3 is to nod, 4 to shake the head. Only \
      those are looked for; while they are unknown, any movement at all is. \(order)
      - A megabyte is taken as 1,000,000 bytes, the smaller reading.
      - `LipVideoQuaility` is the service's own spelling.

      ## Changing limits

      `--rules FILE.json` replaces limits. The file is an object of codes; a code holds its measures, \
      a measure its limits. A key that is left out keeps its default, and `null` switches a limit off. \
      Where a measure has limits on both sides, they stand under `min` (smallest good value) and `max` \
      (largest). `when` replaces the thresholds of a limit's second measures. Shares are written 0 to \
      1. A prediction from such a limit says `"overridden": true`.

      ```json
      {
        "VIDEO_LOW_FACE_QUALITY": {
          "face.widthPixels": { "warn": 120, "fail": 60 },
          "brightness.faceMean": { "min": { "fail": 30, "when": { "brightness.faceP95": 110 } } }
        },
        "LipVideoInvalid": { "input.container": { "accept": ["mp4", "mov"] } }
      }
      ```
      """
  }
}
