import Foundation
import TestSupport

@testable import MediaIO

/// A packet to read into.
func newPacket() throws -> Packet {
  guard let packet = Packet() else { throw OutOfMemory() }
  return packet
}

struct OutOfMemory: Error {}

/// Gives every decoded picture of a clip to `body`, in the order of presentation, until it says no.
func withFrames(
  of url: URL, limits: InputLimits = InputLimits(),
  _ body: (consuming VideoFrame) throws -> Bool
) throws {
  let input = try MediaInput(.file(url.path(percentEncoded: false)), limits: limits)
  var demuxer = try Demuxer(input, limits: limits, watchdog: Watchdog(seconds: 60))
  var decoder = try VideoDecoder(demuxer, limits: limits)
  let packet = try newPacket()
  while try demuxer.next(into: packet) {
    guard packet.streamIndex == demuxer.video?.index else { continue }
    try decoder.send(packet)
    while let frame = try decoder.receive() {
      guard try body(frame) else { return }
    }
  }
  decoder.sendEnd()
  while let frame = try decoder.receive() {
    guard try body(frame) else { return }
  }
}

/// The bytes of a picture's plane, rows without padding.
func bytes(_ picture: borrowing PictureBuffer, plane: Int) -> Data {
  picture.withPlane(plane) { span, shape in
    var data = Data(capacity: shape.width * shape.height)
    for y in 0..<shape.height {
      for x in 0..<shape.width { data.append(span[y * shape.stride + x]) }
    }
    return data
  }
}
