/// A picture as a clip of one frame, so that it is judged by the rules of clips: an AVI that holds a JPEG or a
/// PNG as it is ("AVI RIFF File Reference", Microsoft; Motion JPEG with one frame).
struct StillClip {
  let bytes: [UInt8]

  /// `nil` if the picture is neither JPEG nor PNG, or states no size.
  init?(_ picture: [UInt8]) {
    guard let size = PictureSize(picture) else { return nil }
    let code = size.isPNG ? "MPNG" : "MJPG"
    var avi = Chunks()
    avi.list("RIFF", "AVI ") { avi in
      avi.list("LIST", "hdrl") { avi in
        avi.chunk("avih") { avi in
          // Microseconds a frame, most bytes a second, padding, flags, frames, first frame, streams.
          avi.words([Self.seconds * 1_000_000, 0, 0, 0x10, 1, 0, 1, UInt32(picture.count)])
          avi.words([size.width, size.height, 0, 0, 0, 0])
        }
        avi.list("LIST", "strl") { avi in
          avi.chunk("strh") { avi in
            avi.text("vids\(code)")
            // Flags, priority and language, first frame, scale, rate, start, length.
            avi.words([0, 0, 0, Self.seconds, 1, 0, 1, UInt32(picture.count), 0xffff_ffff, 0])
            avi.words([0, size.width | size.height << 16])
          }
          avi.chunk("strf") { avi in
            avi.words([40, size.width, size.height, 24 << 16 | 1])
            avi.text(code)
            avi.words([size.width &* size.height &* 3, 0, 0, 0, 0])
          }
        }
      }
      avi.list("LIST", "movi") { avi in avi.chunk("00dc") { avi in avi.bytes += picture } }
      avi.chunk("idx1") { avi in
        avi.text("00dc")
        avi.words([0x10, 4, UInt32(picture.count)])
      }
    }
    bytes = avi.bytes
  }

  /// How long the frame is shown: long enough for every service.
  private static let seconds: UInt32 = 3
}

/// Chunks of RIFF, little-endian, each with an even number of bytes.
private struct Chunks {
  var bytes: [UInt8] = []

  mutating func text(_ text: String) { bytes += text.utf8 }

  mutating func words(_ words: [UInt32]) {
    for word in words {
      for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(shift))) }
    }
  }

  mutating func chunk(_ name: String, _ body: (inout Chunks) -> Void) {
    text(name)
    let start = bytes.count
    words([0])
    body(&self)
    let count = UInt32(bytes.count - start - 4)
    for index in 0..<4 {
      bytes[start + index] = UInt8(truncatingIfNeeded: count >> UInt32(8 * index))
    }
    if count % 2 == 1 { bytes.append(0) }
  }

  mutating func list(_ name: String, _ kind: String, _ body: (inout Chunks) -> Void) {
    chunk(name) { chunks in
      chunks.text(kind)
      body(&chunks)
    }
  }
}
