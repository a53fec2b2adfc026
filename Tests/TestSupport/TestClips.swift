package import Foundation

/// The test clips that `make setup` makes.
package enum TestClips {
  /// The folder that holds the clips.
  package static let folder = Repository.root.appending(path: "TestVideos/clips")
  /// The folder that holds the footage they are made from.
  package static let media = Repository.root.appending(path: "TestVideos/media")

  /// Every clip and photo of the manifest; throws when the manifest cannot be read or a file is missing.
  package static var all: [TestClip] {
    get throws { try loaded.get() }
  }

  /// The clips that are videos of known length, so that all their facts are pinned.
  package static var videos: [TestClip] {
    get throws { try all.filter { $0.probe.durationSeconds != nil } }
  }

  /// The clips of those ids, in that order; throws when one is not there.
  package static func named(_ ids: [String]) throws -> [TestClip] {
    try ids.map { try named($0) }
  }

  /// The clips that no frame can be decoded from.
  package static var unreadable: [TestClip] {
    get throws { try all.filter { $0.probe.readable == false } }
  }

  /// The clip of that id; throws when there is none.
  package static func named(_ id: String) throws -> TestClip {
    guard let clip = try all.first(where: { $0.id == id }) else {
      throw TestSupportError("TestVideos/manifest.json has no clip named \(id).")
    }
    return clip
  }

  private static let loaded = Result<[TestClip], any Error> {
    let manifest = Repository.root.appending(path: "TestVideos/manifest.json")
    let clips = try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: manifest)).clips
    let missing = clips.filter { !FileManager.default.fileExists(atPath: $0.path) }
    guard missing.isEmpty else {
      throw TestSupportError("\(missing.count) test clips are missing: run `make setup`.")
    }
    return clips
  }

  private struct Manifest: Decodable {
    let clips: [TestClip]
  }
}
