internal import Services

/// How a clip was fitted: the report's `fit` object.
package struct FitReport: Sendable, Codable, Equatable {
  /// The window that was kept.
  package struct Window: Sendable, Codable, Equatable {
    /// Seconds from the clip's start.
    package var start: Double
    /// Seconds from the clip's start.
    package var end: Double
    /// Why this window.
    package var why: String
  }

  /// The file that was written.
  package struct Output: Sendable, Codable, Equatable {
    /// Where it stands.
    package var path: String
    /// Size in bytes.
    package var bytes: Int
    /// Size after Base64, in characters.
    package var base64Bytes: Int
    /// MD5 over all bytes, 32 hexadecimal digits.
    package var md5: String
    /// Container.
    package var container: String
    /// Seconds.
    package var durationSeconds: Double
    /// Width in pixels as a viewer sees it.
    package var width: Int
    /// Height in pixels as a viewer sees it.
    package var height: Int
    /// FFmpeg's codec name.
    package var videoCodec: String
    /// FFmpeg's codec name; `null` without audio.
    @ExplicitNull package var audioCodec: String?
    /// Whether the file was verified: every packet compared with the clip's if all were copied, else
    /// all video and audio decoded without an error.
    package var verified: Bool
  }

  /// How much of the clip's detail an encode kept.
  package struct Quality: Sendable, Codable, Equatable {
    /// Mean structural similarity of the luma, as FFmpeg's filter `ssim` computes it.
    package var ssim: Double
    /// Peak signal-to-noise ratio of the luma in dB.
    package var psnr: Double
    /// How many pictures were compared.
    package var frames: Int
  }

  /// The means that was used.
  package var action: FitChange.Action
  /// Why, one sentence a reason.
  package var reasons: [String]
  /// The window that was kept; `null` keeps all.
  @ExplicitNull package var window: Window?
  /// The file that was written; `null` where the fit was only planned or was skipped.
  @ExplicitNull package var output: Output?
  /// Encoding runs that were needed; 1 without encoding, 0 where the fit was only planned or was skipped.
  package var attempts: Int
  /// Codes that the output is judged worse by than the clip was, worst first; `null` where the two
  /// were not compared.
  @ExplicitNull package var worsened: [String]? = nil
  /// Codes of documented limits that the output breaks because no fit can mend what the clip lacks, worst
  /// first.
  package var unmet: [String] = []
  /// Why the clip is not encoded and nothing is written: only a new recording can help; `null` for every
  /// other clip.
  @ExplicitNull package var skipped: String? = nil
  /// How much of the clip's detail the output kept; `null` where its pictures were not encoded.
  @ExplicitNull package var quality: Quality? = nil
}

extension FitReport {
  /// - Parameters:
  ///   - output: the file that was written; `nil` where the fit was only planned.
  ///   - worsened: `nil` where the output was not judged.
  init(_ change: FitChange, output: FitOutput? = nil, worsened: [String]? = nil) {
    self.init(
      action: change.action, reasons: change.reasons,
      window: change.window.map { Window(start: $0.start, end: $0.end, why: $0.reason) },
      output: output.map(Output.init), attempts: output?.attempts ?? 0, worsened: worsened,
      unmet: change.unmet, skipped: change.skipped,
      quality: output?.quality.map {
        Quality(ssim: $0.ssim.reported, psnr: $0.psnr.reported, frames: $0.frames)
      })
  }
}

extension FitReport.Output {
  init(_ output: FitOutput) {
    self.init(
      path: output.path, bytes: output.byteCount,
      base64Bytes: Base64Size.encoded(output.byteCount), md5: output.md5,
      container: output.container, durationSeconds: output.durationSeconds.rounded(decimals: 6),
      width: output.width, height: output.height, videoCodec: output.videoCodec,
      audioCodec: output.audioCodec, verified: output.isVerified)
  }
}
