/// How much of the clip's detail an encoded output kept: its luma compared with that of the clip at the
/// output's size.
public struct FitQuality: Sendable, Equatable {
  /// Mean structural similarity, as FFmpeg's filter `ssim` computes it; 1 for no difference.
  public var ssim: Double
  /// Peak signal-to-noise ratio in dB; 100 for no difference.
  public var psnr: Double
  /// How many pictures were compared, spread over the first two thirds of the output.
  public var frames: Int

  /// Makes a description.
  public init(ssim: Double, psnr: Double, frames: Int) {
    self.ssim = ssim
    self.psnr = psnr
    self.frames = frames
  }
}
