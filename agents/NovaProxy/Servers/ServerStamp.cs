using System.Security.Cryptography;
using System.Text;
using Cascade.OpenStack.Compute;

namespace Cascade.NovaProxy.Servers;

/// <summary>
/// The stamp of a server in the child: tags that go with the very create call (microversion 2.52), so that there is no moment at which it cannot be
/// looked up: <c>GET /servers/detail?tags=</c> also finds what is not yet in a cell (nova/objects/build_request.py: BuildRequestList._pass_exact_filters,
/// and conductor/manager.py: schedule_and_build_instances stores the tags before it removes the build request).
/// A tenant can change tags, so a stamp alone proves nothing: see <see cref="ServerActuator"/>.
/// </summary>
internal static class ServerStamp
{
    const string Parent = ServerTag.Prefix;
    const string Host = "cascade-host:";

    /// <summary>nova/objects/instance.py: MAX_TAG_COUNT; objects/tag.py: MAX_TAG_LENGTH.</summary>
    const int MostTags = 50;
    const int LongestTag = 60;

    /// <summary>For which instance of the parent it stands.</summary>
    public static string Of(string uuid) => ServerTag.Of(uuid);

    /// <summary>Which host of the parent made it: two of them may use one child with one account, and neither may reap the other's.</summary>
    public static string OfHost(string host)
    {
        var tag = Host + host;
        return tag.Length <= LongestTag && tag.AsSpan().IndexOfAny(',', '/') < 0
            ? tag
            : Host + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(host)))[..40];
    }

    /// <summary>Ours first, then the tenant's, as many as there is room for; what looks like a stamp is not passed on.</summary>
    public static IReadOnlyList<string> Tags(string uuid, string host, IEnumerable<string> tenants) =>
        [.. new[] { Of(uuid), OfHost(host) }.Concat(tenants.Where(tag => !IsStamp(tag))).Distinct(StringComparer.Ordinal).Take(MostTags)];

    /// <summary>The instance that the stamp names; null when there is none, or more than one.</summary>
    public static string? ParentOf(Server seen)
    {
        var named = (seen.Tags ?? []).Where(tag => tag.StartsWith(Parent, StringComparison.Ordinal)).ToList();
        return named is [var one] && Guid.TryParseExact(one[Parent.Length..], "D", out _) ? one[Parent.Length..] : null;
    }

    public static bool IsFrom(Server seen, string host) => seen.Tags?.Contains(OfHost(host)) is true;

    /// <summary>A tag, or the name of an item of metadata, that only we may give.</summary>
    public static bool IsStamp(string tag) => tag.StartsWith(Parent, StringComparison.Ordinal) || tag.StartsWith(Host, StringComparison.Ordinal);
}
