namespace Cascade.Oslo.Config;

static class GroupName
{
    public const string Default = "DEFAULT";

    // oslo_config/cfg.py _normalize_group_name: every group but DEFAULT is compared in lower case.
    public static string Normalize(string group) => group == Default ? group : group.ToLowerInvariant();
}
