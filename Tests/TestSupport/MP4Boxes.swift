package import Foundation

/// The order of an MP4's outermost boxes, read without any library.
package enum MP4Boxes {
  /// The types of the outermost boxes, such as `ftyp`, `moov`, `mdat`.
  ///
  /// ISO/IEC 14496-12, 4.2: 32-bit size, type, and a 64-bit size where the first is 1; 0 reaches to
  /// the end of the file.
  package static func types(_ url: URL) throws -> [String] {
    let file = try Data(contentsOf: url, options: .alwaysMapped)
    var types: [String] = []
    var offset = 0
    while file.count - offset >= 8 {
      let type = String(decoding: file[offset + 4..<offset + 8], as: UTF8.self)
      types.append(type)
      var size = number(file, at: offset, bytes: 4)
      if size == 1, file.count - offset >= 16 { size = number(file, at: offset + 8, bytes: 8) }
      guard size >= 8 else { break }
      offset += size
    }
    return types
  }

  /// Whether the index stands before the media data, so that a player can start at once.
  package static func hasIndexInFront(_ url: URL) throws -> Bool {
    let types = try types(url)
    guard let index = types.firstIndex(of: "moov"), let data = types.firstIndex(of: "mdat") else {
      return false
    }
    return index < data
  }

  private static func number(_ file: Data, at offset: Int, bytes: Int) -> Int {
    file[offset..<offset + bytes].reduce(0) { $0 &<< 8 | Int($1) }
  }
}
