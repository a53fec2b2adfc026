import Foundation
import Kernels
import TestSupport
import Testing

@testable import MediaIO

@Suite("A JPEG")
struct JPEGEncoderTests {
  static let sizes = [
    [1, 1], [1, 8], [2, 2], [3, 5], [7, 16], [8, 8], [15, 17], [16, 16], [17, 33], [64, 48],
    [99, 101],
  ]

  @Test("of any size decodes to the picture it was made of", arguments: sizes)
  func decodes(size: [Int]) throws {
    let (width, height) = (size[0], size[1])
    let folder = try TemporaryFolder()
    let jpeg = try encoded(width: width, height: height, quality: 95)
    try Data(jpeg).write(to: folder.file("picture.jpg"))
    let decoded = try Ffprobe.raw(
      folder.file("picture.jpg"), filters: "scale=out_range=pc", pixelFormat: "yuvj420p")
    let luma = Data((0..<height).flatMap { y in (0..<width).map { Self.luma($0, y) } })
    try #require(decoded.count >= luma.count)
    #expect(meanAbsoluteDifference(decoded.prefix(luma.count), luma) < 2)
    let chroma = decoded.count > luma.count ? decoded.dropFirst(luma.count) : Data()
    let half = ((width + 1) / 2) * ((height + 1) / 2)
    try #require(chroma.count == 2 * half)
    #expect(chroma.prefix(half).allSatisfy { abs(Int($0) - 90) <= 2 })
    #expect(chroma.dropFirst(half).allSatisfy { abs(Int($0) - 160) <= 2 })
    #expect(try Ffprobe.decodeErrors(folder.file("picture.jpg")).isEmpty)
  }

  @Test("holds nothing but the picture: no Exif, no comment, no other metadata")
  func noMetadata() throws {
    let markers = JPEGMarkers.all(try encoded(width: 64, height: 48, quality: 90))
    // SOI, JFIF's APP0, tables, one baseline frame, one scan.
    #expect(markers.first == 0xD8)
    #expect(Set(markers).isSubset(of: [0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA]))
    #expect(markers.filter { $0 == 0xC0 }.count == 1)
  }

  @Test("is the larger, the better it is")
  func quality() throws {
    let sizes = try [10, 50, 90, 100].map {
      try encoded(width: 64, height: 48, quality: $0).count
    }
    #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// A gradient in both directions.
  private static func luma(_ x: Int, _ y: Int) -> UInt8 { UInt8((x * 2 + y * 3) % 200 + 20) }

  private func encoded(width: Int, height: Int, quality: Int) throws -> [UInt8] {
    var picture = try PictureBuffer(width: width, height: height, file: "test")
    picture.withMutablePlane(0) { plane, shape in
      for y in 0..<height {
        for x in 0..<width { plane[y * shape.stride + x] = Self.luma(x, y) }
      }
    }
    for (index, value) in [(1, UInt8(90)), (2, 160)] {
      picture.withMutablePlane(index) { plane, shape in
        for y in 0..<shape.height {
          for x in 0..<shape.width { plane[y * shape.stride + x] = value }
        }
      }
    }
    return try JPEGEncoder.encode(picture, quality: quality, file: "test")
  }
}
