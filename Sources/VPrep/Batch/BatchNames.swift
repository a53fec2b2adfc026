/// Gives each clip of a batch the name of its output, without its ending.
///
/// A name follows from the clip's own name and path, from the names in the folder's report and from
/// what else lies in the folder, never from the order of the inputs. Names that differ in case or in
/// the way that Unicode composes a letter count as one: not every file system tells them apart.
struct BatchNames {
  /// The batch's folder, as an absolute path.
  let folder: String
  /// Names that the folder's report holds, by the absolute path of their clips.
  let known: [FilePath: String]
  /// Names of the files in the folder that no batch has written.
  var others: [String] = []

  /// Longest name in bytes: a file system takes 255, and endings and digits are added.
  private static let longest = 200

  /// The same clips with their names.
  func assign(_ items: [BatchItem]) -> [BatchItem] {
    let stems = items.map { Self.stem($0.absolutePath) }
    var wanted: [String: Int] = [:]
    for stem in stems { wanted[stem.lowercased(), default: 0] += 1 }
    // An output must not replace a clip, nor the output of one that is not in this batch, nor what
    // somebody else has put there.
    let clipsInFolder = items.filter { Self.parent($0.absolutePath) == folder }
      .map { Self.stem($0.absolutePath).lowercased() }
    var taken = Set(clipsInFolder).union(known.values.map { $0.lowercased() })
      .union(others.map { Self.stem($0).lowercased() })
    return zip(items, stems).map { item, stem in
      var item = item
      if let name = known[FilePath(item.absolutePath)] {
        item.stem = name
        return item
      }
      var name = stem
      if wanted[stem.lowercased(), default: 0] > 1 || taken.contains(stem.lowercased()) {
        name += "-" + StableHash(item.absolutePath).digits(8)
      }
      var number = 2
      while taken.contains(name.lowercased()) {
        name = "\(stem)-\(StableHash(item.absolutePath).digits(8))-\(number)"
        number += 1
      }
      taken.insert(name.lowercased())
      item.stem = name
      return item
    }
  }

  /// The file's name without its ending, cut to `longest`.
  static func stem(_ path: String) -> String {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let name = path[(slash.map(path.utf8.index(after:)) ?? path.startIndex)...]
    let ending = name.lastIndex(of: ".") ?? name.endIndex
    var stem = ending > name.startIndex ? name[..<ending] : name
    while stem.utf8.count > longest { stem.removeLast() }
    return String(stem)
  }

  private static func parent(_ path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }
}

/// FNV-1a of 64 bits (Fowler, Noll and Vo), which is the same in every process.
struct StableHash {
  private var value: UInt64 = 0xcbf2_9ce4_8422_2325

  init(_ text: String) { self.init(text.utf8) }

  init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }

  /// The low `count` hexadecimal digits.
  func digits(_ count: Int) -> String {
    let text = String(value, radix: 16)
    return String((String(repeating: "0", count: 16) + text).suffix(count))
  }
}
