using Cascade.OpenStack;
using Cascade.Oslo.Config;

namespace Cascade.Agent;

sealed class CloudSectionReading(OptionReader reader, string name, string help)
{
    static readonly Uri Nowhere = new("http://invalid./");

    // [child] is nobody else's, so every unknown name in it is a mistake; the others may be copies from the parent's own services.
    readonly OptionGroup _group = reader.Group(name, help, own: name == "child");

    public CloudOptions Read(IReadOnlyList<string> serviceTypes)
    {
        var type = _group.Text("auth_type", "password", "How to log in.", new() { Choices = ["password", "v3password", "v3applicationcredential"], Deprecated = ["auth_plugin"] })!;
        var section = new CloudOptions
        {
            Name = name,
            AuthUrl = Url("auth_url", _group.Required("auth_url", "Keystone of this cloud, with or without /v3.", new() { Sample = "https://keystone.example/v3" })) ?? Nowhere,
            Username = _group.Text("username", null, "User of this agent.", new() { Aliases = ["user_name"] }),
            Password = _group.Secret("password", "Its password."),
            UserDomainName = _group.Text("user_domain_name", null, "Domain of the user."),
            UserDomainId = _group.Text("user_domain_id", null, "Domain of the user, by id."),
            ProjectId = _group.Text("project_id", null, "Project of this agent, by id.", new() { Deprecated = ["tenant_id"] }),
            ProjectName = _group.Text("project_name", null, "Project of this agent.", new() { Deprecated = ["tenant_name"] }),
            ProjectDomainName = _group.Text("project_domain_name", null, "Domain of the project."),
            ProjectDomainId = _group.Text("project_domain_id", null, "Domain of the project, by id."),
            ApplicationCredentialId = _group.Text("application_credential_id", null, "For v3applicationcredential."),
            ApplicationCredentialSecret = _group.Secret("application_credential_secret", "For v3applicationcredential."),
            RegionName = _group.Text("region_name", null, "Region of the catalog; any without it."),
            ValidInterfaces = _group.List("valid_interfaces", ["internal", "public"], "Interfaces of the catalog, best first."),
            CaFile = _group.Text("cafile", null, "PEM file with the authorities to trust; those of the system without it."),
            Timeouts = Timeouts(serviceTypes),
            EndpointOverrides = Overrides(serviceTypes),
        };
        Check(section, type);
        return type == "v3applicationcredential" ? section with { Username = null, Password = null } : section with { ApplicationCredentialId = null, ApplicationCredentialSecret = null };
    }

    void Check(CloudOptions section, string type)
    {
        if (_group.Bool("insecure", false, "Refused: TLS is always verified. Name the authority in cafile."))
            reader.Fault($"[{name}] insecure = true is refused: whoever answers would get the password. Name the authority's PEM file in cafile");
        if (section.CaFile is { } missing && !File.Exists(missing))
            reader.Fault($"[{name}] cafile: no such file: {missing}");
        if (type == "v3applicationcredential")
        {
            Need(section.ApplicationCredentialId, "application_credential_id", type);
            Need(section.ApplicationCredentialSecret, "application_credential_secret", type);
            return;
        }

        Need(section.Username, "username", type);
        Need(section.Password, "password", type);
        Need(section.UserDomainName ?? section.UserDomainId, "user_domain_name", type);
        Need(section.ProjectName ?? section.ProjectId, "project_name", type);
        if (section.ProjectId is null)
            Need(section.ProjectDomainName ?? section.ProjectDomainId, "project_domain_name", type);
    }

    void Need(string? value, string option, string type)
    {
        if (string.IsNullOrEmpty(value))
            reader.Fault($"[{name}] {option} is required for auth_type = {type}");
    }

    // keystoneauth1/loading/session.py: timeout is for one request. All attempts together get three times as much.
    Dictionary<string, ServiceTimeouts> Timeouts(IReadOnlyList<string> types) =>
        _group.IntOrNone("timeout", "Seconds for one request; without it what suits the service.", new() { Min = 1 }) is { } seconds
            ? types.ToDictionary(t => t, _ => new ServiceTimeouts(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(3.0 * seconds)), StringComparer.Ordinal)
            : [];

    Dictionary<string, Uri> Overrides(IReadOnlyList<string> types)
    {
        var overrides = new Dictionary<string, Uri>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            var option = types.Count == 1 ? "endpoint_override" : $"{type.Replace('-', '_')}_endpoint_override";
            if (Url(option, _group.Text(option, null, $"Endpoint of {type}, instead of the one in the catalog.")) is { } url)
                overrides[type] = url;
        }

        return overrides;
    }

    Uri? Url(string option, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;
        reader.Fault($"[{name}] {option} is no http or https URL: write https://HOST[:PORT]/…");
        return null;
    }
}
