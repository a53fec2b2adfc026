package import Services

/// The report of a result, as JSON has it: the contract `vprep.report/1`, which
/// `Docs/report-json.md` describes.
///
/// Every call's result has one. Only the document rounds values, names keys and writes missing
/// values as `null`; in Swift, read the properties of the result.
///
/// Later versions may add keys; existing keys never change their meaning. Times are in seconds,
/// sizes in bytes, angles in degrees, luma is 0–255 full range and gamma-coded, shares are 0–1.
public struct ReportDocument: Sendable, Codable, Equatable {
  /// Name and version of the contract.
  package var schema: String
  /// What made the report.
  package var tool: Tool
  /// What the clip is.
  package var input: InputReport
  /// What was measured, with or without the frames behind it: the JSON's `measurements`.
  @ExplicitNull package var measured: MeasuredReport?
  /// What the provider is expected to answer; `null` when nothing was judged.
  @ExplicitNull package var verdict: Verdict?
  /// The photo that the clip is compared with; `null` when none was given.
  @ExplicitNull package var photo: PhotoReport?
  /// What the provider would refuse in the request; empty when nothing is wrong, `null` when no
  /// request was given.
  @ExplicitNull package var lint: [LintFinding]?
  /// Whether to send a clip that is foretold to fail, to learn what the provider says; `null` for one that
  /// is not, and when that was not asked for.
  @ExplicitNull package var exploration: Exploration.Choice? = nil
  /// How the clip was fitted; `null` when it was not.
  @ExplicitNull package var fit: FitReport?
  /// The verdict on the fitted output; `null` when there is none.
  @ExplicitNull package var outputVerdict: Verdict?
  /// The best frames, best first.
  package var previews: [PreviewReport]
  /// Why there are no previews; `null` where there are, and where none were asked for.
  @ExplicitNull package var noPreviews: NoPreviews? = nil
  /// Seconds that each stage took.
  package var timing: Timing
  /// What a page shows beside the report; it is not written as JSON, and `nil` where it was not asked for.
  package var illustration: Illustration?

  private enum CodingKeys: String, CodingKey {
    case schema, tool, input, verdict, photo, lint, exploration, fit, outputVerdict, previews,
      noPreviews, timing
    case measured = "measurements"
  }

  /// The contract's name and version.
  package static let currentSchema = "vprep.report/1"

  /// What made a report.
  package struct Tool: Sendable, Codable, Equatable {
    /// Version of vprep.
    package var version: String
    /// `embedded`, a folder, or `missing`.
    package var faceModel: String
    /// The kernels in use: `portable`, `avx2`, `avx512` or `neon`.
    package var kernels: String
  }

  /// Seconds that each stage took; `null` for a stage that did not run.
  package struct Timing: Sendable, Codable, Equatable {
    /// Finding out what the clip is.
    @ExplicitNull package var probe: Double?
    /// Decoding; `null` where it overlaps with measuring and is counted there.
    @ExplicitNull package var decode: Double?
    /// Decoding and measuring.
    @ExplicitNull package var measure: Double?
    /// Fitting and verifying.
    @ExplicitNull package var fit: Double?
    /// Making previews.
    @ExplicitNull package var preview: Double?
    /// The whole call.
    package var total: Double
  }
}
