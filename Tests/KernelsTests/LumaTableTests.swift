import Kernels
import Testing

@Suite("What luma codes stand for")
struct LumaTableTests {
  @Test("full range keeps 8-bit codes")
  func full8() {
    let table = LumaTable.full()
    #expect((0...255).allSatisfy { table[UInt16($0)] == UInt8($0) })
    #expect(table.codeScale == 1)
  }

  @Test("black and white reach both ends at every depth", arguments: 8...16)
  func ends(bitDepth: Int) {
    let scale = UInt16(1) << (bitDepth - 8)
    let limited = LumaTable.limited(bitDepth: bitDepth)
    #expect(limited[16 * scale] == 0)
    #expect(limited[235 * scale] == 255)
    #expect(limited[0] == 0)
    let greatest = UInt16((1 << bitDepth) - 1)
    #expect(limited[greatest] == 255)
    let full = LumaTable.full(bitDepth: bitDepth)
    #expect(full[0] == 0)
    #expect(full[greatest] == 255)
  }

  @Test("limited range is a straight line, rounded", arguments: [8, 10, 12])
  func straight(bitDepth: Int) {
    let table = LumaTable.limited(bitDepth: bitDepth)
    let scale = 1 << (bitDepth - 8)
    for code in 16 * scale...235 * scale {
      let exact = Double(code - 16 * scale) * 255 / Double(219 * scale)
      #expect(abs(Double(table[UInt16(code)]) - exact) <= 0.5)
    }
  }

  @Test("codes of 16 bits agree with codes of 10 bits", arguments: [0, 64, 300, 512, 940, 1023])
  func deep(code: Int) {
    let coarse = LumaTable.limited(bitDepth: 10)[UInt16(code)]
    let fine = LumaTable.limited(bitDepth: 16)[UInt16(code << 6)]
    #expect(coarse == fine)
  }

  @Test("codes beyond the depth count as the greatest")
  func beyond() {
    let table = LumaTable.full(bitDepth: 10)
    #expect(table[1024] == table[1023])
    #expect(table[.max] == 255)
  }

  @Test("PQ and HLG agree on the light they show", arguments: [0.2, 0.38, 0.5, 0.75, 1])
  func sameLight(hlgSignal: Double) {
    let scene = TransferFunction.hlgToScene(hlgSignal)
    let luminance = scene * TransferFunction.hlgDisplayGain(sceneLuminance: scene)
    let pqSignal = TransferFunction.luminanceToPQ(luminance)
    let hlg = LumaTable.hlg(bitDepth: 12)[UInt16(256 + 3504 * hlgSignal)]
    let pq = LumaTable.pq(bitDepth: 12)[UInt16(256 + 3504 * pqSignal)]
    #expect(abs(Int(hlg) - Int(pq)) <= 1)
  }

  @Test("HDR tables rise from black to white", arguments: [8, 10, 12], [true, false])
  func hdrRises(bitDepth: Int, limited: Bool) {
    for table in [
      LumaTable.pq(bitDepth: bitDepth, limited: limited),
      LumaTable.hlg(bitDepth: bitDepth, limited: limited),
    ] {
      let luma = (0..<1 << bitDepth).map { table[UInt16($0)] }
      #expect(luma == luma.sorted())
      #expect(luma.first == 0)
      #expect(luma.last == 255)
    }
  }

  @Test("HLG's grey card comes out near SDR's")
  func greyCard() {
    let code = UInt16((64 + 0.38 * 876).rounded())
    let luma = Double(LumaTable.hlg()[code])
    // 18 % through the camera curve of BT.709: 1.099 · 0.18^0.45 − 0.099 = 41 % of the signal.
    #expect(abs(luma / 255 - 0.41) < 0.03)
  }

  @Test(
    "a plane is mapped code by code, and nothing around it is touched",
    arguments: KernelPath.available, [9, 10, 12, 16])
  func plane(path: KernelPath, bitDepth: Int) {
    let table = LumaTable.hlg(bitDepth: bitDepth)
    for (index, shape) in Shapes.all.enumerated() {
      let source = GuardedPlane<UInt16>.noise(shape, seed: UInt64(index))
      let narrow = PlaneShape(width: shape.width, height: shape.height, stride: shape.width + 5)
      let destination = GuardedPlane<UInt8>(narrow)
      source.read { from in
        destination.write { to in
          table.apply(from, shape: shape, into: &to, shape: narrow, path: path)
        }
      }
      #expect(destination.rows == source.rows.map { row in row.map { table[$0] } })
      #expect(destination.guardsAreIntact)
    }
  }
}
