/// The level of the room behind a voice, followed through a clip.
enum NoiseFloor {
  /// Frames on either side in which the floor is looked for: 1 s, longer than a word.
  private static let reach = 50
  /// Frames over which levels are averaged: 0.1 s, so that a single quiet frame is no floor.
  private static let smoothing = 5

  /// The lowest smoothed level around each frame.
  ///
  /// - Parameter levels: of frames of 20 ms, in dBFS.
  /// - Returns: a floor for each frame, in dBFS.
  static func follow(_ levels: [Double]) -> [Double] {
    let smooth = levels.indices.map { index in
      let near = around(index, smoothing / 2, levels.count)
      return levels[near].reduce(0, +) / Double(near.count)
    }
    return levels.indices.map { index in
      smooth[around(index, reach, levels.count)].min() ?? levels[index]
    }
  }

  private static func around(_ index: Int, _ reach: Int, _ count: Int) -> Range<Int> {
    max(0, index - reach)..<min(count, index + reach + 1)
  }
}
