/// Changes to the structure of a clip: its numbers, its clock, its elements and their sizes.
struct ContainerMutation {
  private let format: any ContainerFormat.Type
  private var elements: [Element]
  private static let formats: [any ContainerFormat.Type] = [
    MatroskaFormat.self, AVIFormat.self, FLVFormat.self, ASFFormat.self, ProgramStreamFormat.self,
    TransportStreamFormat.self, MP4Format.self,
  ]

  /// Takes a clip apart; `nil` for a container that is not known.
  init?(_ bytes: [UInt8]) {
    for format in Self.formats {
      if let elements = format.parse(bytes), !elements.isEmpty {
        (self.format, self.elements) = (format, elements)
        return
      }
    }
    return nil
  }

  /// The clip as it is now.
  var bytes: [UInt8] { format.write(elements) }

  /// How many bytes it has, but for what is written between contents.
  var byteEstimate: Int { elements.byteCount }

  /// Makes one change; none once no element is left.
  mutating func change(_ random: inout SeededGenerator) {
    switch random.below(16) {
    case 0...6: changeNumber(&random)
    case 7: moveClock(&random)
    case 8: duplicate(&random)
    case 9: remove(&random)
    case 10, 11: exchange(&random)
    case 12: transplant(&random)
    case 13: misstateSize(&random)
    case 14: changeLength(&random)
    default: changeContent(&random)
    }
  }

  // MARK: - Numbers

  /// Writes a boundary where an element holds a number.
  private mutating func changeNumber(_ random: inout SeededGenerator) {
    let format = format
    edit(&random, tries: 24) { element, random in
      let fields = format.fields(of: element)
      guard !fields.isEmpty else { return false }
      let field = fields[random.below(fields.count)]
      let old = field.read(element.content)
      field.write(BoundaryValue.next(to: old, &random), to: &element.content)
      return true
    }
  }

  /// Adds a jump to every time from some element on.
  private mutating func moveClock(_ random: inout SeededGenerator) {
    let start = random.once(in: 3) ? 0 : random.below(elements.nodeCount)
    let (format, jump) = (format, BoundaryValue.jump(&random))
    elements.editAll(from: start) { element in
      for field in format.fields(of: element) where field.isTime {
        field.write(field.read(element.content) &+ jump, to: &element.content)
      }
    }
  }

  // MARK: - Elements

  private mutating func duplicate(_ random: inout SeededGenerator) {
    let copies = random.once(in: 4) ? 2 + random.below(40) : 1
    elements.edit(random.below(elements.nodeCount)) { list, index in
      list.insert(contentsOf: Array(repeating: list[index], count: copies), at: index)
    }
  }

  private mutating func remove(_ random: inout SeededGenerator) {
    let count = random.once(in: 3) ? 1 + random.below(8) : 1
    elements.edit(random.below(elements.nodeCount)) { list, index in
      list.removeSubrange(index..<min(index + count, list.count))
    }
  }

  /// Lets two neighbours, or two of one list, change places.
  private mutating func exchange(_ random: inout SeededGenerator) {
    let isNear = random.once(in: 2)
    elements.edit(random.below(elements.nodeCount)) { list, index in
      list.swapAt(index, isNear ? min(index + 1, list.count - 1) : random.below(list.count))
    }
  }

  /// Copies an element to a place where it may not belong.
  private mutating func transplant(_ random: inout SeededGenerator) {
    guard let copy = elements.node(random.below(elements.nodeCount)) else { return }
    elements.edit(random.below(elements.nodeCount)) { list, index in
      if random.once(in: 2) { list[index].children.append(copy) } else { list[index] = copy }
    }
  }

  // MARK: - Sizes and contents

  /// States another size than the true one, which moves all that follows for a reader.
  private mutating func misstateSize(_ random: inout SeededGenerator) {
    edit(&random) { element, random in
      element.statedSize = BoundaryValue.next(to: UInt64(element.content.count), &random)
      return true
    }
  }

  /// Cuts or lengthens a content and states its size truly.
  private mutating func changeLength(_ random: inout SeededGenerator) {
    edit(&random) { element, random in
      if random.once(in: 2) {
        element.content.removeLast(random.below(element.content.count + 1))
      } else {
        let fill: UInt8 = random.once(in: 2) ? 0 : .max
        element.content += Array(repeating: fill, count: 1 + random.below(64))
      }
      return true
    }
  }

  /// Changes bytes inside one element.
  private mutating func changeContent(_ random: inout SeededGenerator) {
    edit(&random, tries: 8) { element, random in
      guard !element.content.isEmpty else { return false }
      ByteMutation.change(&element.content, &random)
      return true
    }
  }

  /// Gives some element to `body` until one takes the change.
  private mutating func edit(
    _ random: inout SeededGenerator, tries: Int = 1,
    _ body: (inout Element, inout SeededGenerator) -> Bool
  ) {
    for _ in 0..<tries {
      var isDone = false
      elements.edit(random.below(elements.nodeCount)) { list, index in
        isDone = body(&list[index], &random)
      }
      if isDone { return }
    }
  }
}
