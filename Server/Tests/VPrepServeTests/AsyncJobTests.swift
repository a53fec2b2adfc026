import Testing

@testable import VPrepServe

@Suite("A job and what is told about it")
struct AsyncJobTests {
  private func names(_ job: AsyncJob, after number: Int = 0) -> [String] {
    job.events(after: number).events.map(\.name)
  }

  private func progress(_ stage: String, _ share: Double) -> CallNews {
    .progress(CallProgress(stage: stage, share: share, secondsLeft: nil))
  }

  @Test("Of each stage the latest progress is kept, and every stage is")
  func stages() throws {
    let job = AsyncJob(call: .prep, owner: nil)
    job.take(.waiting)
    job.take(.begun)
    for share in [0, 0.5, 0.9] { job.take(progress("measure", share)) }
    job.take(progress("fit", 0.25))
    #expect(names(job) == ["state", "state", "progress", "progress"])
    let data = job.events(after: 0).events.map { String(decoding: $0.data, as: UTF8.self) }
    #expect(data[2] == #"{"secondsLeft":null,"share":0.9,"stage":"measure"}"#)
    #expect(data[3] == #"{"secondsLeft":null,"share":0.25,"stage":"fit"}"#)
    let numbers = job.events(after: 0).events.map(\.number)
    #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
    #expect(names(job, after: numbers[2]) == ["progress"])
  }

  @Test("The first end counts, and nothing follows it")
  func end() {
    let job = AsyncJob(call: .check, owner: nil)
    job.take(.begun)
    job.finish(.success(CallOutcome(report: [UInt8]("{}".utf8), file: nil)))
    job.cancel(.cancelled)
    job.take(progress("measure", 1))
    #expect(names(job) == ["state", "result"])
    #expect(job.events(after: 0).isOver)
    #expect((try? job.outcome?.get().report) == [UInt8]("{}".utf8))
  }

  @Test("However many stages there are, the beginning and the end stay")
  func bounded() {
    let job = AsyncJob(call: .prep, owner: nil)
    job.take(.begun)
    for number in 0..<1000 { job.take(progress("\(number % 2)", 0)) }
    job.finish(.failure(.stopping))
    let names = names(job)
    #expect(names.count <= 64)
    #expect(names.first == "state" && names.last == "error")
  }

  @Test("Who listens is woken, and is forgotten when gone")
  func listeners() async {
    let job = AsyncJob(call: .check, owner: nil)
    let (wakes, wake) = job.listen()
    #expect(job.isHeard)
    var iterator = wakes.makeAsyncIterator()
    #expect(await iterator.next() != nil)
    job.take(.begun)
    #expect(await iterator.next() != nil)
    wake.finish()
    #expect(!job.isHeard)
  }

  @Test("Names cannot be guessed")
  func identifiers() {
    let names = Set((0..<1000).map { _ in AsyncJob(call: .check, owner: nil).id })
    #expect(names.count == 1000)
    #expect(names.allSatisfy { $0.utf8.count == 32 && $0.allSatisfy(\.isHexDigit) })
  }

  @Test(
    "The header Prefer is read as RFC 7240 writes it",
    arguments: [
      (["respond-async"], true), (["wait=10, Respond-Async ; foo=\"x\""], true),
      (["wait=10", "respond-async"], true), ([], false), (["return=minimal"], false),
      (["respond-asynchronously"], false),
    ])
  func prefer(_ values: [String], _ expected: Bool) {
    #expect(CallRoute.prefersJob(values) == expected)
  }

  @Test("A worker's line of progress is told from its answer")
  func lines() {
    let line =
      #"{"id":null,"schema":"vprep.progress/1","secondsLeft":null,"share":0.5,"stage":"fit"}"#
    let expected = CallProgress(stage: "fit", share: 0.5, secondsLeft: nil)
    #expect(CallProgress(line: [UInt8](line.utf8)) == expected)
    let answer =
      #"{"id":null,"report":{"schema":"vprep.progress/1"},"schema":"vprep.answer/1","status":0}"#
    #expect(CallProgress(line: [UInt8](answer.utf8)) == nil)
    #expect(CallProgress(line: []) == nil)
  }
}
