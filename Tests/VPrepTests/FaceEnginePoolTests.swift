import FaceMeasures
import Testing

@testable import VPrep

@Suite("Face networks that wait for their next use")
struct FaceEnginePoolTests {
  private func use(_ pool: FaceEnginePool) throws {
    let first = try pool.take()
    let second = try pool.take()
    if let second { pool.giveBack(second) }
    if let first { pool.giveBack(first) }
  }

  @Test("are as many as were used at a time, and no more than are wanted")
  func bounded() throws {
    let (pool, small) = (
      FaceEnginePool(.installed), FaceEnginePool(.installed, mostIdle: 1)
    )
    try use(pool)
    try use(small)
    #expect(pool.idleCount == 2)
    #expect(small.idleCount == 1)
    try use(small)
    #expect(small.idleCount == 1)
  }
}
