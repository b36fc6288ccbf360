using System.Text;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Each service's own way of saying no.</summary>
internal static class FakeFaults
{
    public static FakeAnswer Shape(string service, FakeRefusal refusal) => service switch
    {
        // nova/api/openstack/wsgi.py and cinder/api/openstack/wsgi.py: Fault._fault_names.
        "compute" or "block-storage" when refusal.Status is not 401 => FakeAnswer.Json(refusal.Status, new JsonObject
        {
            [Names.GetValueOrDefault(refusal.Status, "computeFault")] = new JsonObject { ["code"] = refusal.Status, ["message"] = refusal.Message },
        }),
        // placement/util.py: json_error_formatter.
        "placement" when refusal.Status is not 401 => FakeAnswer.Json(refusal.Status, new JsonObject
        {
            ["errors"] = new JsonArray(new JsonObject
            {
                ["status"] = refusal.Status,
                ["title"] = "Error",
                ["detail"] = refusal.Message,
                ["code"] = refusal.Code ?? "placement.undefined_code",
            }),
        }),
        // glance answers webob's HTML unless asked hard; the fake always does.
        "image" when refusal.Status is not 401 => new FakeAnswer(
            refusal.Status,
            Encoding.UTF8.GetBytes(
                $"<html>\n <head>\n  <title>{refusal.Status} Error</title>\n </head>\n <body>\n  <h1>{refusal.Status} Error</h1>\n"
                + $"  {refusal.Message}<br /><br />\n\n\n </body>\n</html>"),
            "text/html; charset=UTF-8"),
        "network" when refusal.Status is not 401 => FakeAnswer.Json(refusal.Status, new JsonObject
        {
            ["NeutronError"] = new JsonObject { ["type"] = refusal.Code ?? "HTTPError", ["message"] = refusal.Message, ["detail"] = "" },
        }),
        _ => FakeAnswer.Json(refusal.Status, new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = refusal.Status, ["title"] = "Error", ["message"] = refusal.Message },
        }),
    };

    private static readonly Dictionary<int, string> Names = new()
    {
        [400] = "badRequest", [403] = "forbidden", [404] = "itemNotFound", [405] = "badMethod", [409] = "conflictingRequest",
        [413] = "overLimit", [501] = "notImplemented", [503] = "serviceUnavailable",
    };
}
