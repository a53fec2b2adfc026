import Services
import Testing

@testable import MediaIO
@testable import VPrep

@Suite("A cut of a stream")
struct StreamCutTests {
  /// Frames are 1/30 s apart, and so are ticks.
  private func made(_ table: PacketTable, _ start: Int, _ end: Int) -> StreamCut? {
    CutFinder(table)?.cut(TimeWindow(start: Double(start) / 30, end: Double(end) / 30))
  }

  @Test("from key frame to frame copies exactly the frames between them")
  func plain() throws {
    let cut = try #require(made(.made(frames: 300, group: 30), 60, 150))
    #expect(cut.isPlain)
    #expect(cut.copiedFrames == 90)
    #expect(cut.first == 60 && cut.copyFirst == 60 && cut.end == 150)
    #expect(cut.copied == 60..<150)
    #expect(cut.bytes == 90_000)
    #expect(cut.headFrom == nil && cut.tail == nil)
  }

  @Test("that begins between key frames encodes only what comes before the next")
  func head() throws {
    let cut = try #require(made(.made(frames: 300, group: 30), 50, 150))
    #expect(cut.first == 50 && cut.copyFirst == 60)
    #expect(cut.encodedFrames == 10 && cut.copiedFrames == 90)
    #expect(cut.headFrom == 30)
    #expect(cut.bytes == 90_000 + 2 * 10_000)
  }

  @Test("takes the frames that the stretch holds: those from its start on and before its end")
  func halfOpen() throws {
    let finder = try #require(CutFinder(.made(frames: 300, group: 30)))
    let late = try #require(finder.cut(TimeWindow(start: 59.2 / 30, end: 149.2 / 30)))
    #expect(late.first == 60 && late.copiedFrames + late.encodedFrames == 90)
    // Containers round: what was meant is the frame itself.
    let rounded = try #require(finder.cut(TimeWindow(start: 2.0002, end: 5.0002)))
    #expect(rounded.first == 60 && rounded.end == 150)
  }

  @Test("that would end between reordered frames encodes the last ones")
  func tail() throws {
    // Decoded 0 4 1 2 3 8 5 6 7 …: to stop before 6 is to stop before 8, on which 5 leans.
    let table = PacketTable.made(frames: 300, group: 60, reorder: 3)
    let whole = try #require(made(table, 60, 65))
    #expect(whole.isPlain && whole.copiedFrames == 5)
    let cut = try #require(made(table, 60, 71))
    #expect(cut.copiedFrames == 9 && cut.encodedFrames == 2)
    #expect(cut.tailFirst == 69)
    let tail = try #require(cut.tail)
    #expect(cut.copied.upperBound > tail.lowerBound, "what the tail leans on is copied as well")
    // Everything that a frame before 71 leans on is decoded: up to 70, and 72 before it.
    #expect(tail.contains(table.entries.first { $0.shown == 72 }?.decoded ?? .max))
    #expect(tail.contains(table.entries.first { $0.shown == 70 }?.decoded ?? .max))
  }

  @Test("leaves out what an open group shows before its key frame")
  func openGroup() throws {
    let table = PacketTable.made(frames: 300, group: 60, reorder: 3, isOpen: true)
    let key = try #require(table.entries.firstIndex { $0.shown == 60 })
    #expect(table.entries[key + 1].shown < 60, "frames before 60 are decoded behind it")
    let cut = try #require(made(table, 60, 125))
    #expect(cut.copyFirst == 60 && cut.copied.lowerBound == table.entries[key].decoded)
    #expect(cut.copiedFrames + cut.encodedFrames == 65)
    #expect(!table.entries.contains { cut.copied.contains($0.decoded) && $0.shown > 125 })
  }

  @Test("does not bring back what an edit list hides")
  func hiddenStart() throws {
    // The first shown frame is the tenth of its group.
    let table = PacketTable.made(frames: 300, group: 30, hidden: 10)
    let whole = try #require(made(table, 0, 290))
    #expect(whole.first == 0 && whole.copyFirst == 20 && whole.encodedFrames == 20)
    #expect(whole.headFrom == -10)
    let later = try #require(made(table, 20, 110))
    #expect(later.isPlain && later.copied == 20..<110)
  }

  @Test("keeps uneven times")
  func unevenTimes() throws {
    var table = PacketTable(timeBase: Rational(1, 1000))
    var time: Ticks = 0
    for index in 0..<90 {
      table.append(
        PacketTable.Entry(
          shown: time, decoded: time, duration: index % 3 == 0 ? 50 : 20, bytes: 10,
          isRandomAccessPoint: index % 30 == 0, isHidden: false))
      time = time + (index % 3 == 0 ? 50 : 20)
    }
    let cut = try #require(CutFinder(table)?.cut(TimeWindow(start: 0.9, end: 2.0)))
    #expect(cut.isPlain)
    #expect(cut.first == 900 && cut.seconds >= 1.1 && cut.seconds < 1.15)
  }

  @Test("is none where more would be encoded than copied, and none without times")
  func none() {
    #expect(made(.made(frames: 300, group: 30), 31, 80) == nil)
    #expect(made(.made(frames: 300, group: 300), 30, 90) == nil)
    #expect(made(.made(frames: 300, group: 30), 400, 500) == nil)
    #expect(CutFinder(PacketTable()) == nil)
    var twice = PacketTable.made(frames: 3, group: 1)
    twice.append(twice.entries[0])
    #expect(CutFinder(twice) == nil)
  }

  @Test("to the end ends with the last frame", arguments: [0, 3])
  func toTheEnd(reorder: Int) throws {
    let table = PacketTable.made(frames: 300, group: 60, reorder: reorder)
    let cut = try #require(CutFinder(table)?.cut(TimeWindow(start: 4, end: .infinity)))
    #expect(cut.isPlain && cut.copiedFrames == 180)
    #expect(cut.end == 300 && cut.copied.upperBound == .max)
  }
}
