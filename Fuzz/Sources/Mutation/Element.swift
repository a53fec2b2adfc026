/// One node of a container: an MP4 box, a Matroska element, an AVI chunk, an FLV tag, a TS packet.
struct Element {
  /// Its type: a four-character code, an EBML identifier; `Element.bytes` for bytes that are no node.
  var id: UInt32
  /// How its size is written.
  var size = SizeForm.counted(width: 0)
  /// The size to write instead of the true one.
  var statedSize: UInt64?
  /// Its own bytes; those before the children where it has some.
  var content: [UInt8]
  var children: [Element] = []

  /// How an element tells where it ends.
  enum SizeForm: Equatable {
    /// By a number of so many bytes.
    case counted(width: Int)
    /// It reaches as far as the file, or until something follows that cannot lie in it; what stands
    /// for a number is so many bytes wide.
    case open(width: Int)
  }

  /// The identifier of bytes that are written as they are.
  static let bytes: UInt32 = 0

  /// Bytes that are written as they are.
  static func raw(_ content: some Sequence<UInt8>) -> Element {
    Element(id: bytes, content: Array(content))
  }
}

extension [Element] {
  /// How many nodes there are, at all depths.
  var nodeCount: Int { reduce(count) { $0 + $1.children.nodeCount } }

  /// Bytes of all contents.
  var byteCount: Int { reduce(0) { $0 + $1.content.count + $1.children.byteCount } }

  /// Gives the node of that number, parents before children, to `body`: the list in which it lies,
  /// and its place there.
  mutating func edit(_ number: Int, _ body: (inout [Element], Int) -> Void) {
    var left = number
    edit(counting: &left, body)
  }

  private mutating func edit(counting left: inout Int, _ body: (inout [Element], Int) -> Void) {
    for index in indices {
      if left == 0 {
        left -= 1
        return body(&self, index)
      }
      left -= 1
      self[index].children.edit(counting: &left, body)
      if left < 0 { return }
    }
  }

  /// Gives every node from the one of that number on to `body`, parents before children.
  mutating func editAll(from number: Int, _ body: (inout Element) -> Void) {
    var left = number
    editAll(counting: &left, body)
  }

  private mutating func editAll(counting left: inout Int, _ body: (inout Element) -> Void) {
    for index in indices {
      if left <= 0 { body(&self[index]) }
      left -= 1
      self[index].children.editAll(counting: &left, body)
    }
  }

  /// The node of that number; `nil` beyond the last.
  func node(_ number: Int) -> Element? {
    var (copy, found) = (self, Element?.none)
    copy.edit(number) { list, index in found = list[index] }
    return found
  }
}
