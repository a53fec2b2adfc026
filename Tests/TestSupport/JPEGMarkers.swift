/// The segments of a JPEG, read without any library.
package enum JPEGMarkers {
  /// The second bytes of the markers up to the first scan, such as 0xD8, 0xE0 and 0xDB.
  ///
  /// ISO/IEC 10918-1, B.1.1: a marker is 0xFF and its code; all but SOI are followed by a 16-bit
  /// length that counts itself.
  package static func all(_ jpeg: [UInt8]) -> [UInt8] {
    var markers: [UInt8] = []
    var offset = 0
    while offset + 4 <= jpeg.count, jpeg[offset] == 0xFF {
      let code = jpeg[offset + 1]
      markers.append(code)
      if code == 0xDA { break }
      offset += 2
      if code != 0xD8 { offset += Int(jpeg[offset]) << 8 | Int(jpeg[offset + 1]) }
    }
    return markers
  }
}
