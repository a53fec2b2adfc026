internal import Mustache
package import VPrep

/// A report as one HTML file: it asks nothing of the network, runs no script, and holds its pictures.
package enum ReportPage {
  private static let template = PageTemplate("report", bytes: PackageResources.report_mustache)

  /// The page of a report.
  ///
  /// - Parameter report: made by a call for which an illustration was asked for; without one the page has
  ///   no charts and no frames.
  package static func html(_ report: ReportDocument) throws -> String {
    try template.render(ReportView(report))
  }
}

/// A template of the package, parsed when it is first used.
struct PageTemplate: Sendable {
  private let parsed: Result<MustacheTemplate, any Error>

  /// - Parameter bytes: the template's text; `{{> style}}` in it stands for the common style sheet.
  init(_ name: String, bytes: [UInt8]) {
    parsed = Result {
      // A style sheet holds no tags; one that looked like some would be read as a template.
      let style = String(decoding: PackageResources.page_css, as: UTF8.self)
      let text = String(decoding: bytes, as: UTF8.self)
        .replacing("{{> style}}", with: style)
      return try MustacheTemplate(string: text)
    }
  }

  func render(_ view: Any) throws -> String { try parsed.get().render(view) }
}
