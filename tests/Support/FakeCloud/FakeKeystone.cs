using System.Globalization;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Keystone v3: one service user with a password, one application credential, any project.</summary>
public sealed class FakeKeystone
{
    private readonly FakeCloud cloud;
    private readonly Dictionary<string, FakeToken> tokens = new(StringComparer.Ordinal);
    private readonly HashSet<string> closed = new(StringComparer.Ordinal);

    internal FakeKeystone(FakeCloud cloud) => this.cloud = cloud;

    public string Username { get; } = "cascade";

    public string Password { get; set; } = "let-me-in-4711";

    public string UserId { get; } = "c45cade0000000000000000000000001";

    public string ProjectName { get; } = "service";

    public string ProjectId { get; } = "c45cade0000000000000000000000002";

    public string DomainName { get; } = "Default";

    public string ApplicationCredentialId { get; } = "c45cade0000000000000000000000003";

    public string ApplicationCredentialSecret { get; } = "app-secret-4712";

    /// <summary>Services left out of the catalog.</summary>
    public ISet<string> Hidden { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Tokens given out by the API so far.</summary>
    public int Issued { get; private set; }

    /// <summary>A token for somebody else, as a tenant would hold it.</summary>
    public FakeToken Issue(string userId, string projectId, params IReadOnlyList<string> roles) => cloud.Locked(() => Make(userId, projectId, roles));

    /// <summary>Every token so far is refused from now on.</summary>
    public void RevokeAll() => cloud.Locked(() =>
    {
        foreach (var token in tokens.Values)
        {
            token.IsRevoked = true;
        }
    });

    /// <summary>This token is refused from now on: its owner has signed out.</summary>
    public void Revoke(string value) => cloud.Locked(() => tokens[value].IsRevoked = true);

    /// <summary>The service user has no role in this project.</summary>
    public void Close(string projectId) => cloud.Locked(() => closed.Add(projectId));

    internal FakeToken Check(string? value, string? service)
    {
        var token = value is null ? null : tokens.GetValueOrDefault(value);
        var backed = service is not null && tokens.GetValueOrDefault(service) is { } by && IsGood(by) && by.Roles.Contains("service");
        return token is not null && !token.IsRevoked && (backed || token.ExpiresAt > cloud.Now)
            ? token
            : throw new FakeRefusal(401, "The request you have made requires authentication.");
    }

    /// <summary>Whether the request carries the token of a service (keystonemiddleware/auth_token: service_token_roles).</summary>
    internal bool IsService(FakeCall call) =>
        call.Request.Headers.GetValueOrDefault("x-service-token") is { } value && tokens.GetValueOrDefault(value) is { } by && IsGood(by) && by.Roles.Contains("service");

    internal FakeAnswer Handle(FakeCall call) => (call.Method, call.Segments) switch
    {
        ("GET", []) => FakeAnswer.Json(200, new JsonObject { ["version"] = new JsonObject { ["id"] = "v3.14", ["status"] = "stable" } }),
        ("POST", ["auth", "tokens"]) => Authenticate(call),
        ("GET", ["auth", "tokens"]) => Show(call),
        ("GET", ["auth", "catalog"]) => FakeAnswer.Json(200, new JsonObject { ["catalog"] = Catalog() }),
        _ => throw new FakeRefusal(404, $"Could not find: {call.Request.Path}"),
    };

    private bool IsGood(FakeToken token) => !token.IsRevoked && token.ExpiresAt > cloud.Now;

    private FakeAnswer Authenticate(FakeCall call)
    {
        var auth = call.Body()["auth"]!;
        var identity = auth["identity"]!;
        var byCredential = identity["methods"]!.AsArray().Any(method => (string?)method == "application_credential");
        if (byCredential && auth["scope"] is not null)
        {
            throw new FakeRefusal(401, "Application credentials cannot request a scope.");
        }

        var known = byCredential
            ? (string?)identity["application_credential"]!["id"] == ApplicationCredentialId
                && (string?)identity["application_credential"]!["secret"] == ApplicationCredentialSecret
            : (string?)identity["password"]!["user"]!["name"] == Username && (string?)identity["password"]!["user"]!["password"] == Password;
        var project = byCredential ? ProjectId : ProjectOf(auth["scope"]?["project"]);
        if (!known || closed.Contains(project))
        {
            throw new FakeRefusal(401, "The request you have made requires authentication.");
        }

        Issued++;
        return Body(201, Make(UserId, project, project == ProjectId ? cloud.Options.OwnRoles : cloud.Options.TenantRoles));
    }

    private string ProjectOf(JsonNode? wanted) =>
        (string?)wanted?["id"] ?? ((string?)wanted?["name"] == ProjectName ? ProjectId : throw new FakeRefusal(401, "The request you have made requires authentication."));

    private FakeToken Make(string userId, string projectId, IReadOnlyList<string> roles)
    {
        var token = new FakeToken
        {
            Value = "gAAAAAB" + Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N"),
            UserId = userId,
            ProjectId = projectId,
            Roles = roles,
            IssuedAt = cloud.Now,
            ExpiresAt = cloud.Now + cloud.Options.TokenLife,
        };
        tokens[token.Value] = token;
        return token;
    }

    private FakeAnswer Show(FakeCall call)
    {
        var by = Check(call.Request.Headers.GetValueOrDefault("x-auth-token"), service: null);
        var old = call.Asked("allow_expired") is not null && by.Roles.Contains("service");
        var asked = tokens.GetValueOrDefault(call.Request.Headers.GetValueOrDefault("x-subject-token") ?? "");
        return asked is not null && !asked.IsRevoked && (old || IsGood(asked)) ? Body(200, asked) : throw new FakeRefusal(404, "Could not find token.");
    }

    private FakeAnswer Body(int status, FakeToken token) => FakeAnswer.Json(status, new JsonObject
    {
        ["token"] = new JsonObject
        {
            ["methods"] = new JsonArray("password"),
            ["user"] = new JsonObject { ["id"] = token.UserId, ["name"] = token.UserId == UserId ? Username : "tenant" },
            ["project"] = new JsonObject { ["id"] = token.ProjectId, ["name"] = token.ProjectId == ProjectId ? ProjectName : "tenant" },
            ["roles"] = new JsonArray([.. token.Roles.Select(role => new JsonObject { ["id"] = role, ["name"] = role })]),
            ["issued_at"] = Time(token.IssuedAt),
            ["expires_at"] = Time(token.ExpiresAt),
            ["catalog"] = Catalog(),
        },
    }) with
    {
        Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Subject-Token"] = token.Value },
    };

    private JsonArray Catalog()
    {
        var catalog = new JsonArray();
        foreach (var (type, path) in new[]
        {
            ("identity", "/identity"), ("compute", "/compute/v2.1"), ("placement", "/placement"), ("image", "/image"), ("network", "/network"),
            ("volumev3", "/volume/v3"),
        })
        {
            if (!Hidden.Contains(type))
            {
                var endpoints = new[] { "public", "internal", "admin" }.Select(name => new JsonObject
                {
                    ["interface"] = name,
                    ["region"] = cloud.Options.Region,
                    ["region_id"] = cloud.Options.Region,
                    ["url"] = cloud.Root + path,
                });
                catalog.Add(new JsonObject { ["type"] = type, ["name"] = type, ["endpoints"] = new JsonArray([.. endpoints]) });
            }
        }

        return catalog;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
