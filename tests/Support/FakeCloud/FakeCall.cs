using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Cascade.Support;

/// <summary>A request on its way through the fake.</summary>
internal sealed class FakeCall
{
    public required FakeRequest Request { get; init; }

    public required IQueryCollection Query { get; init; }

    public byte[] Bytes { get; set; } = [];

    public FakeToken? Token { get; set; }

    /// <summary>Negotiated, where the service has versions.</summary>
    public Version Version { get; set; } = new(2, 1);

    public string Method => Request.Method;

    public string[] Segments => Request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();

    public bool IsAdmin => Token!.Roles.Contains("admin");

    public string ProjectId => Token!.ProjectId;

    public string? Asked(string name) => Query.TryGetValue(name, out var value) && !StringValues.IsNullOrEmpty(value) ? value[0] : null;

    public JsonObject Body() =>
        JsonNode.Parse(Bytes) as JsonObject ?? throw new FakeRefusal(400, "Malformed request body");

    public bool Knows(int major, int minor) => Version >= new Version(major, minor);
}

/// <summary>An answer before it is written.</summary>
internal sealed record FakeAnswer(int Status, byte[] Body, string ContentType = "application/json")
{
    public Dictionary<string, string> Headers { get; init; } = [];

    public static FakeAnswer Json(int status, JsonNode body) => new(status, System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()));

    public static FakeAnswer Empty(int status) => new(status, []);
}

/// <summary>A refusal in the service's own shape.</summary>
internal sealed class FakeRefusal(int status, string message, string? code = null) : Exception(message)
{
    public int Status => status;

    public string? Code => code;
}
