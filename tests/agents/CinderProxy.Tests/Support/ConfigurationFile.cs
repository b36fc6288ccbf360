using Cascade.Support;

namespace CinderProxy.Tests.Support;

/// <summary>The configuration of a Cinder-Proxy between these clouds. Intervals are short, so that a test of the running agent need not wait.</summary>
static class ConfigurationFile
{
    /// <param name="more">Further lines of [cascade], and sections.</param>
    public static string Of(string host, string transportUrl, string databaseUrl, FakeCloud child, FakeCloud above, string more = "") => $"""
        [DEFAULT]
        host = {host}
        enabled_backends = child1
        transport_url = {transportUrl}
        report_interval = 1
        [database]
        connection = {databaseUrl}
        {Section("child", child)}
        {Section("glance", above)}
        {Section("nova", above)}
        [cascade]
        ops_listen = 127.0.0.1:0
        {more}
        """;

    static string Section(string name, FakeCloud cloud) => $"""
        [{name}]
        auth_url = {cloud.AuthUrl}
        auth_type = password
        username = {cloud.Keystone.Username}
        password = {cloud.Keystone.Password}
        project_name = {cloud.Keystone.ProjectName}
        user_domain_name = Default
        project_domain_name = Default
        region_name = RegionOne
        """;
}
