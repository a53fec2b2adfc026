extension Gate {
  /// What a result holds beside the verdict and the output.
  public struct Reporting: Sendable {
    /// Previews that `prepare` adds to its result, 0…10.
    public var previewCount: Int
    /// Longest side of a preview in pixels, 64…4096; smaller pictures are not enlarged.
    public var previewSize = 1280
    /// Quality of a preview's JPEG on libjpeg's scale, 1…100; at 90 artefacts stay invisible on skin.
    public var previewQuality = 90
    /// What a preview shows of its frame.
    public var previewCrop = PreviewCrop.none
    /// Adds the values of every measured frame to the result.
    public var includesTimeline: Bool
    /// Adds the clip's MD5 to the result of `probe`, which then reads the whole file; the results of all
    /// other calls have it in any case.
    public var includesDigest: Bool
    /// The language of the advice; English by default.
    public var advice: AdviceCatalogue
    /// Where `check`, `preview` and `prepare` write the clip's measured frames with the face's box,
    /// its landmarks and the values drawn on them; `nil` writes none.
    ///
    /// The folder is made when it is missing. The pictures are upright JPEG named by their time, such
    /// as `0003.200.jpg`, at most 300 of them; a file that is there is replaced whole.
    public var annotationFolder: String?
    /// Adds to the results of `check` and `prepare` what a page shows: measures over time, telling frames.
    package var isIllustrated = false

    /// Makes the options of a result; by default it has two previews and the MD5, and no frames.
    public init(
      previewCount: Int = 2, includesTimeline: Bool = false, includesDigest: Bool = true,
      annotationFolder: String? = nil, advice: AdviceCatalogue = .english
    ) {
      self.previewCount = previewCount
      self.includesTimeline = includesTimeline
      self.includesDigest = includesDigest
      self.annotationFolder = annotationFolder
      self.advice = advice
    }
  }
}
