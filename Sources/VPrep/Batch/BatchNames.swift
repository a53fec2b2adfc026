internal import MediaIO

/// Gives each clip of a batch the name of its output, without its ending.
///
/// The folders of clips are mirrored: what lies in `in/clinic/visit.mov` is called `clinic/visit`. A name
/// follows from the clip's own name and path, from the names in the folder's report and from
/// what else lies in the folder, never from the order of the inputs. Names that differ in case or in
/// the way that Unicode composes a letter count as one: not every file system tells them apart.
struct BatchNames {
  /// The batch's folder, as an absolute path.
  let folder: String
  /// Names that the folder's report holds, by the absolute path of their clips.
  let known: [FilePath: String]
  /// Names of the files that no batch has written, in one of the folders of the outputs; given such a
  /// folder.
  var others: (_ folder: String) -> [String] = { _ in [] }

  /// Longest name in bytes: a file system takes 255, and endings and digits are added.
  private static let longest = 200

  /// The same clips with their names; throws where a name that is asked for cannot be given.
  func assign(_ items: [BatchItem]) throws(VPrepError) -> [BatchItem] {
    var asked: [String?] = []
    for item in items { asked.append(try item.entry?.stem()) }
    let stems = zip(items, asked).map { $1 ?? Self.mirrored($0.place) }
    var wanted: [String: Int] = [:]
    for stem in stems { wanted[stem.lowercased(), default: 0] += 1 }
    let taken = taken(items, stems)
    let folders = Set(stems.flatMap(Self.folders).map { $0.lowercased() })
    var given: Set<String> = []
    func isFree(_ name: String) -> Bool {
      let name = name.lowercased()
      // Where a folder is called so, no file can be.
      return !taken.contains(name) && !given.contains(name)
        && !ContainerFormat.clips.contains { folders.contains("\(name).\($0.fileExtension)") }
    }
    for (item, name) in zip(items, asked) {
      guard let name, !given.insert(name.lowercased()).inserted else { continue }
      throw VPrepError(
        kind: .badRequest, stage: "arguments", file: item.path,
        message: "another clip asks for the output \(name) too",
        advice: "Give each clip of a manifest an output of its own.")
    }
    return zip(items, zip(stems, asked)).map { item, names in
      let (stem, asked) = names
      var item = item
      if let asked {
        item.stem = asked
        return item
      }
      if let name = known[FilePath(item.absolutePath)] {
        item.stem = name
        return item
      }
      var name = stem
      if wanted[stem.lowercased(), default: 0] > 1 || !isFree(stem) {
        name += "-" + StableHash(item.absolutePath).digits(8)
      }
      var number = 2
      while !isFree(name) {
        name = "\(stem)-\(StableHash(item.absolutePath).digits(8))-\(number)"
        number += 1
      }
      given.insert(name.lowercased())
      item.stem = name
      return item
    }
  }

  /// Names, in lower case, that no new output may have.
  ///
  /// An output must not replace a clip, nor the output of one that is not in this batch, nor what somebody
  /// else has put there.
  private func taken(_ items: [BatchItem], _ stems: [String]) -> Set<String> {
    let inside = folder + "/"
    let clips = items.map(\.absolutePath).filter { $0.utf8.starts(with: inside.utf8) }
      .map {
        BatchLayout.stem(String(decoding: $0.utf8.dropFirst(inside.utf8.count), as: UTF8.self))
      }
    let places = Set(stems.map { FilePath(BatchTree.split($0).folder) })
    let strangers = places.flatMap { place in
      let refused = place.text.isEmpty ? BatchLayout.refused : BatchLayout.refused(place.text)
      return (others(place.text) + others(refused)).map(BatchLayout.stem)
    }
    return Set((clips + known.values + strangers).map { $0.lowercased() })
  }

  /// A clip's place without its ending; a folder that would be taken for one of the batch's own gets
  /// another name.
  private static func mirrored(_ place: String) -> String {
    let parts = BatchTree.split(place)
    let stem = stem(parts.file)
    guard !parts.folder.isEmpty else { return stem }
    let first = parts.folder.prefix { $0 != "/" }
    let isOwn = BatchLayout.own.contains(first.lowercased())
    return (isOwn ? "\(first)_\(parts.folder.dropFirst(first.count))" : parts.folder) + "/" + stem
  }

  /// The folders that a name stands in: `a` and `a/b` for `a/b/c`.
  private static func folders(_ name: String) -> [String] {
    var folders: [String] = []
    var folder = BatchTree.split(name).folder
    while !folder.isEmpty {
      folders.append(folder)
      folder = BatchTree.split(folder).folder
    }
    return folders
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
}
