extension Sequence<UInt8> {
  /// The bytes with each occurrence of some bytes replaced by others.
  func replacing(_ old: [UInt8], with new: [UInt8]) -> [UInt8] {
    let bytes = Array(self)
    guard let first = old.first, bytes.count >= old.count else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      if bytes[at] == first, at + old.count <= bytes.count,
        bytes[at..<at + old.count].elementsEqual(old)
      {
        result += new
        at += old.count
      } else {
        result.append(bytes[at])
        at += 1
      }
    }
    return result
  }
}
