import Foundation
import Kernels
import TestSupport

/// A picture that no decoder holds: its planes are arrays, rows without padding.
struct RawPicture: ~Copyable, PlanarPicture {
  let width: Int
  let height: Int
  var pixelAspect = 0.0
  let format: PlanarFormat
  /// Y, Cb and Cr of 8 bits; empty for a deeper picture.
  private var bytes: [[UInt8]] = []
  /// The same of more than 8 bits.
  private var words: [[UInt16]] = []

  /// A grey picture of 8 bits.
  init(width: Int, height: Int, format: PlanarFormat, luma: [UInt8]) {
    (self.width, self.height, self.format) = (width, height, format)
    bytes = [luma]
  }

  /// A grey picture of more than 8 bits.
  init(width: Int, height: Int, format: PlanarFormat, luma: [UInt16]) {
    (self.width, self.height, self.format) = (width, height, format)
    words = [luma]
  }

  /// The first picture of a test clip as planar 4:2:0 of 8 bits, limited range, decoded by the ffmpeg
  /// program.
  ///
  /// - Parameter filter: what ffmpeg does to the picture before.
  init(_ clip: String, width: Int, height: Int, filter: String = "null") throws {
    let result = try runProcess(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-i", TestClips.named(clip).path, "-frames:v", "1", "-vf",
        filter,
        "-f", "rawvideo", "-pix_fmt", "yuv420p", "-",
      ])
    let samples = [UInt8](result.output)
    let (luma, chroma) = (width * height, (width + 1) / 2 * ((height + 1) / 2))
    guard samples.count == luma + 2 * chroma else {
      throw RawPictureError(description: "\(samples.count) bytes are no \(width)×\(height) picture")
    }
    (self.width, self.height) = (width, height)
    format = PlanarFormat(coding: YCbCrFormat(matrix: .bt601, range: .limited))
    bytes = [
      Array(samples[..<luma]), Array(samples[luma..<luma + chroma]),
      Array(samples[(luma + chroma)...]),
    ]
  }

  func withPlane8<R, E: Error>(
    _ index: Int, _ body: (Span<UInt8>, PlaneShape) throws(E) -> R
  ) throws(E) -> R {
    let plane = bytes[index]
    return try body(plane.span, shape(index))
  }

  func withPlane16<R, E: Error>(
    _ index: Int, _ body: (Span<UInt16>, PlaneShape) throws(E) -> R
  ) throws(E) -> R {
    let plane = words[index]
    return try body(plane.span, shape(index))
  }

  private func shape(_ index: Int) -> PlaneShape {
    index == 0
      ? PlaneShape(width: width, height: height)
      : PlaneShape(width: (width + 1) / 2, height: (height + 1) / 2)
  }
}

/// The ffmpeg program gave something else than a picture.
struct RawPictureError: Error, CustomStringConvertible {
  let description: String
}
