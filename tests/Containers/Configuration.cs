namespace Cascade.Containers;

/// <summary>Configurations that are complete, of clouds that do not answer.</summary>
static class Configuration
{
    const string Nowhere = "http://127.0.0.1:9/v3";

    public static string Of(string agent, string more = "") =>
        $"""
        [DEFAULT]
        host = az1
        enabled_backends = az1
        transport_url = rabbit://cascade:{Setting.Password}@broker:5672/
        [cascade]
        ops_listen = 0.0.0.0:8980

        """ + string.Concat(Sections(agent).Select(Account)) + more;

    static string[] Sections(string agent) => agent switch
    {
        "nova-proxy" => ["child", "placement", "glance", "neutron", "cinder"],
        "cinder-proxy" => ["child", "glance", "nova"],
        _ => ["child"],
    };

    static string Account(string section) =>
        $"""
        [{section}]
        auth_url = {Nowhere}
        username = cascade
        password = {Setting.Password}
        project_name = service
        user_domain_name = Default
        project_domain_name = Default
        region_name = az1

        """;
}
