import Hummingbird

/// The page and the description of the service: files that are part of the program.
enum PageRoutes {
  /// Where scripts, styles, pictures and connections of the page may come from.
  private static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    + "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    + "frame-ancestors 'none'"

  static func add(to router: Router<ServeContext>) {
    add("/", PackageResources.index_html, "text/html; charset=utf-8", router)
    add("/page.css", PackageResources.page_css, "text/css; charset=utf-8", router)
    for (path, bytes) in [
      ("/page.js", PackageResources.page_js), ("/call.js", PackageResources.call_js),
      ("/camera.js", PackageResources.camera_js), ("/report.js", PackageResources.report_js),
      ("/words.js", PackageResources.words_js),
    ] {
      add(RouterPath(path), bytes, "text/javascript; charset=utf-8", router)
    }
    for (language, bytes) in [
      ("en", PackageResources.words_en_json), ("zh-Hans", PackageResources.words_zh_Hans_json),
      ("id", PackageResources.words_id_json), ("th", PackageResources.words_th_json),
    ] {
      add(RouterPath("/words.\(language).json"), bytes, "application/json", router)
    }
    add("/openapi.json", PackageResources.openapi_json, "application/json", router)
  }

  private static func add(
    _ path: RouterPath, _ bytes: [UInt8], _ type: String, _ router: Router<ServeContext>
  ) {
    router.get(path) { _, _ in
      Response(
        status: .ok,
        headers: [
          .contentType: type, .contentSecurityPolicy: policy, .cacheControl: "no-cache",
          .permissionsPolicy: "camera=(self), microphone=(self)", .referrerPolicy: "no-referrer",
        ],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
  }
}
