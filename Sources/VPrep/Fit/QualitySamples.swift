internal import Kernels
internal import MediaIO

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The luma of some pictures as they went into an encoder, to be compared with what the output shows.
///
/// The pictures of both sides are at hand anyway: one when it is encoded, the other when the output is
/// verified. It belongs to the thread that reads.
final class QualitySamples {
  private struct Sample {
    let number: Int
    let shape: PlaneShape
    let luma: [UInt8]
  }

  /// Pictures that are compared.
  static let most = 4
  /// Parts of the clip: the pictures lie in the middle of the first ones.
  ///
  /// Block edges have to be smoothed up to the last picture that is compared, which costs 4 % of a fit for all
  /// of a clip.
  ///
  /// At the end of a part they would often be key frames, which look otherwise than the rest.
  private static let parts = 6.0
  /// What a file that shows no difference counts for, in dB.
  private static let bestPSNR = 100.0

  private var samples: [Sample] = []
  private var found: [PictureComparison] = []

  /// Seconds that will be encoded.
  private let duration: Double

  init(duration: Double) {
    self.duration = duration
  }

  /// Takes a picture that is encoded.
  ///
  /// - Parameters:
  ///   - number: how many were encoded before it.
  ///   - time: seconds from the first.
  func take(_ picture: borrowing PictureBuffer, number: Int, at time: Double) {
    let due = (Double(samples.count) + 0.5) / Self.parts * duration
    guard samples.count < Self.most, time >= due else { return }
    let packed = PlaneShape(width: picture.width, height: picture.height)
    var luma: [UInt8] = []
    luma.reserveCapacity(packed.requiredCount)
    picture.withPlane(0) { plane, shape in
      for y in 0..<shape.height {
        let row = plane.extracting(y * shape.stride..<y * shape.stride + shape.width)
        unsafe row.withUnsafeBufferPointer { unsafe luma.append(contentsOf: $0) }
      }
    }
    samples.append(Sample(number: number, shape: packed, luma: luma))
  }

  /// The number of the last picture that is compared; `nil` without any.
  var last: Int? { samples.last?.number }

  /// Takes a picture of the output, whose pictures come in their order.
  func compare(_ frame: borrowing VideoFrame) {
    guard let sample = samples.first(where: { $0.number == frame.number }),
      frame.layout.bitDepth == 8
    else { return }
    let comparison = frame.withPlane8(0) { plane, shape in
      PictureComparison(sample.luma.span, sample.shape, with: plane, shape)
    }
    if let comparison { found.append(comparison) }
  }

  /// What was found; `nil` where no picture was compared.
  var quality: FitQuality? {
    guard !found.isEmpty else { return nil }
    let count = Double(found.count)
    let error = found.map(\.squaredError).reduce(0, +) / count
    return FitQuality(
      ssim: found.map(\.ssim).reduce(0, +) / count,
      psnr: error > 0 ? min(Self.bestPSNR, 10 * log10(255 * 255 / error)) : Self.bestPSNR,
      frames: found.count)
  }
}
