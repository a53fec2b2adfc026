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
      silently. Without the face models there is no verdict: the call fails and says so.
      - Dark skin in good light has a low mean, bright highlights and light whites of the eyes, so a \
      low mean counts only together with a low 95th percentile and dark whites ([light.md](light.md)).
      - Left and right are those of a viewer of the upright picture. A front camera that records \
      mirrored swaps them.
      - The ACTION sequence (`ValidateData`) of `VideoLivenessCompare` is `1,2` or `2,1`. Its document \
      does not say which number is which action; that of its sibling `CompareFaceLiveness` does: 1 is to \
      open the mouth, 2 to blink, 3 to nod, 4 to shake the head, in the order sent. Both movements are \
      looked for. `CompareFaceLiveness` asks for one or two of the four. Only those are looked for; \
      while they are unknown, any movement at all is. \(order)
      - Tencent's table of numeric codes (cloud.tencent.com/document/product/213/32309) lists what the \
      `Lip…` codes say under the numeric mode (1101 to 1109) and what the `ActionFace…` codes say under \
      the action mode (1203 to 1206). Whether another mode answers them is not documented, so there they \
      only warn, unless a parameter states the limit for all modes (size and container). The codes about \
      light are answered with `Silent…` codes by `DetectReflectLivenessAndCompare`, so they count in all \
      modes. A limit of your own counts in every mode.
      - Tencent's SDK lists some codes a second time with `InternalError.` in place of \
      `FailedOperation.`. Both mean the same; `Tencent.Code(answered:)` and comparisons accept both.
      - **charged** says whether a request that is answered with the code is charged, by the list of \
      Tencent's eKYC codes (tencentcloud.com/document/product/1061/55390): `Success` and \
      `CompareLowSimilarity` are, the common codes about parameters, account and server are not. A dash \
      means that no document was found that says so. The mainland's numeric table charges none of the \
      `Lip…` and `Action…` answers; the app SDK charges a suspected forgery, a failed liveness check and \
      too dim light since March 2026 (tencentcloud.com/announce/detail/100989). Megvii's documents name no charges.
      - A megabyte is taken as 1,000,000 bytes, the smaller reading.
      - `LipVideoQuaility` is the service's own spelling. It means too few pixels (视频像素太低), not blur.

      ## Changing limits

      `--rules FILE.json` replaces limits. The file is an object of codes; a code holds its measures, \
      a measure its limits. A key that is left out keeps its default, and `null` switches a limit off. \
      Where a measure has limits on both sides, they stand under `min` (smallest good value) and `max` \
      (largest). `when` replaces the thresholds of a limit's second measures. Shares are written 0 to \
      1. `calibrated` says what proves a limit that `vprep calibrate` has learned \
      ([going-live.md](going-live.md)). A prediction from such a limit says `"overridden": true`.

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
