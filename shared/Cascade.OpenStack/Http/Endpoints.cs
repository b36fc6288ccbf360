using System.Text.RegularExpressions;

namespace Cascade.OpenStack.Http;

/// <summary>From the URL in the catalog to the root that paths are appended to.</summary>
internal static partial class Endpoints
{
    public static string Root(ServiceTraits traits, CloudOptions options, Token token)
    {
        var url = options.EndpointOverrides.GetValueOrDefault(traits.Type)
            ?? token.Catalog.Endpoint([traits.Type, .. traits.Aliases], options.RegionName, options.ValidInterfaces);
        return WithVersion(url.GetLeftPart(UriPartial.Path).TrimEnd('/'), traits.Version);
    }

    /// <summary>
    /// Catalogs name services with and without version, and some (devstack's old Nova, Cinder) with the project behind it. The project is
    /// not needed since nova 2.18 and cinder 3.67, but harmless where it is, so it stays.
    /// </summary>
    internal static string WithVersion(string root, string? version)
    {
        if (version is null)
        {
            return root;
        }

        // Nova's /v2 is the legacy API without microversions (nova/api/openstack/compute/wsgi.py); 2.1 stands beside it.
        return version is "v2.1" ? LegacyCompute().Replace(HasVersion().IsMatch(root) ? root : $"{root}/{version}", "/v2.1${project}")
            : HasVersion().IsMatch(root) ? root
            : $"{root}/{version}";
    }

    [GeneratedRegex(@"/v\d+(\.\d+)?(/|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HasVersion();

    [GeneratedRegex(@"/v2(?<project>/[0-9a-f-]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LegacyCompute();
}
