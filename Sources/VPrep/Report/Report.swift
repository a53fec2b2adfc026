public import Services

/// Everything vprep has to say about a clip; its JSON form is the contract `vprep.report/1`.
///
/// Later versions may add keys; the keys that are here never change meaning. Times are in seconds,
/// sizes in bytes, angles in degrees, luma is 0–255 full range and gamma-coded, shares are 0–1.
public struct Report: Sendable, Codable, Equatable {
  /// Name and version of the contract.
  public var schema: String
  /// What made the report.
  public var tool: Tool
  /// What the clip is.
  public var input: InputReport
  /// What was measured, with or without the frames behind it: the JSON's `measurements`.
  @ExplicitNull var measured: MeasuredReport?
  /// What the provider is expected to answer; `null` when nothing was judged.
  @ExplicitNull public var verdict: Verdict?
  /// The photo that the clip is compared with; `null` when none was given.
  @ExplicitNull public var photo: PhotoReport?
  /// What the provider would refuse in the request; empty when nothing is wrong, `null` when no
  /// request was given.
  @ExplicitNull public var lint: [LintFinding]?
  /// How the clip was fitted; `null` when it was not.
  @ExplicitNull public var fit: FitReport?
  /// The verdict on the fitted output; `null` when there is none.
  @ExplicitNull public var outputVerdict: Verdict?
  /// The best frames, best first.
  public var previews: [PreviewReport]
  /// Seconds that each stage took.
  public var timing: Timing

  private enum CodingKeys: String, CodingKey {
    case schema, tool, input, verdict, photo, lint, fit, outputVerdict, previews, timing
    case measured = "measurements"
  }

  /// The contract's name and version.
  public static let currentSchema = "vprep.report/1"

  /// What made a report.
  public struct Tool: Sendable, Codable, Equatable {
    /// Version of vprep.
    public var version: String
    /// `embedded`, a folder, or `missing`.
    public var faceModel: String
    /// The kernels in use: `portable`, `avx2` or `avx512`.
    public var kernels: String
  }

  /// Seconds that each stage took; `null` for a stage that did not run.
  public struct Timing: Sendable, Codable, Equatable {
    /// Finding out what the clip is.
    @ExplicitNull public var probe: Double?
    /// Decoding; `null` where it overlaps with measuring and is counted there.
    @ExplicitNull public var decode: Double?
    /// Decoding and measuring.
    @ExplicitNull public var measure: Double?
    /// Fitting and verifying.
    @ExplicitNull public var fit: Double?
    /// Making previews.
    @ExplicitNull public var preview: Double?
    /// The whole call.
    public var total: Double
  }
}
