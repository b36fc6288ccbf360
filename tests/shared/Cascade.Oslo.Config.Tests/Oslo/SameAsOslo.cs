using System.Text.Json;

namespace Cascade.Oslo.Config.Tests.Oslo;

sealed class SameAsOslo
{
    const string ReadFiles =
        """
        import json, sys
        from oslo_config import cfg
        conf = cfg.ConfigOpts()
        conf.register_opts([cfg.StrOpt(n) for n in ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'host')])
        conf.register_opts([cfg.MultiStrOpt('m'), cfg.ListOpt('l'), cfg.BoolOpt('t'), cfg.IntOpt('i'), cfg.IntOpt('empty')])
        conf.register_opts([cfg.StrOpt('host'), cfg.StrOpt('x'), cfg.StrOpt('y')], group='child')
        conf(sys.argv[1:], project='none', default_config_files=[], default_config_dirs=[])
        print(json.dumps({**{n: conf[n] for n in 'abcdefgmlti'}, 'empty': conf.empty, 'child.x': conf.child.x, 'child.y': conf.child.y}))
        """;

    const string ParseUrls =
        """
        import json, sys
        from oslo_config import cfg
        import oslo_messaging
        def one(text):
            u = oslo_messaging.TransportURL.parse(cfg.ConfigOpts(), text)
            return [u.transport, u.virtual_host, u.query, [[h.hostname, h.port, h.username, h.password] for h in u.hosts]]
        print(json.dumps([one(t) for t in sys.argv[1:]]))
        """;

    [Test]
    public async Task The_same_files_mean_the_same_to_oslo_config()
    {
        using var files = new Files();
        var first = files.File("a.conf", "[DEFAULT]\nhost = h\na = 'x y '\nb: 1=2\nc = 1\n  2\n\t3\nd = $host/${host}x$$y\\$z\ne = one\nm = 1\nm = 2\nl = a, b,c,\nt = Yes\ni = 12 \nempty =\n"
            + "# c\n; c\n[CHILD]\nhost = special\nx = $host\n[DEFAULT]\nf = \"q'\"\n");
        files.File("d/2.conf", "[DEFAULT]\ne = three\nm = 4\n");
        files.File("d/1.conf", "[DEFAULT]\ne = two\nm = 3\n[child]\ny = a#b;c\n");
        var last = files.File("z.conf", "[DEFAULT]\ng = '\n");
        var oslo = await Python.AskAsync(ReadFiles, "--config-file", first.Path, "--config-dir", files.Folder("d").Path, "--config-file", last.Path);

        var reader = new OptionReader(OsloConfiguration.Read([first, files.Folder("d"), last], []));
        var general = reader.Group("DEFAULT");
        general.Text("host", null, "help");
        foreach (var name in new[] { "a", "b", "c", "d", "e", "f", "g" })
            Assert.That(general.Text(name, "default", "help"), Is.EqualTo(oslo.GetProperty(name).GetString()), name);
        Assert.That(general.Multi("m", [], "help"), Is.EqualTo(Strings(oslo.GetProperty("m"))));
        Assert.That(general.List("l", [], "help"), Is.EqualTo(Strings(oslo.GetProperty("l"))));
        Assert.That(general.Bool("t", false, "help"), Is.EqualTo(oslo.GetProperty("t").GetBoolean()));
        Assert.That(general.Int("i", 0, "help"), Is.EqualTo(oslo.GetProperty("i").GetInt32()));
        Assert.That(general.IntOrNone("empty", "help"), Is.Null);
        Assert.That(oslo.GetProperty("empty").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(reader.Group("child").Text("x", null, "help"), Is.EqualTo(oslo.GetProperty("child.x").GetString()));
        Assert.That(reader.Group("child").Text("y", null, "help"), Is.EqualTo(oslo.GetProperty("child.y").GetString()));
        Assert.That(reader.Faults, Is.Empty);
    }

    [Test]
    public async Task The_same_urls_mean_the_same_to_oslo_messaging()
    {
        string[] texts =
        [
            "rabbit://", "rabbit:///", "rabbit://h", "rabbit://h:1/", "rabbit://h:/", "rabbit://u:p@h:5672/v", "rabbit://u:p@h1:1,u2:p2@h2:2/v", "rabbit://u:p@h1,h2//v",
            "rabbit://a@b:p%40%3A%2F@h/%2Fx%20y", "rabbit://u:@h/", "rabbit://u@h/", "rabbit://:p@h/", "rabbit://u:p:q@h/", "rabbit://[::1]:5/,", "rabbit://u:p@[2001:db8::1]/v",
            "RABBIT://H/V", "rabbit://u:p@h/v?ssl=1&x=a&x=b+c&empty=&y=%26", "rabbit://u:p+q%2B@h/v", "rabbit://u:%zz@h/", "rabbit://u:p@h1,\n u:p@h2/v", "kombu://u:%C3%A9@h/",
        ];
        var oslo = await Python.AskAsync(ParseUrls, texts);

        using var each = Assert.EnterMultipleScope();
        foreach (var (text, expected) in texts.Zip(oslo.EnumerateArray()))
        {
            var ours = TransportUrl.Parse(text);
            Assert.That(ours.Transport, Is.EqualTo(expected[0].GetString()), text);
            Assert.That(ours.VirtualHost, Is.EqualTo(expected[1].GetString()), text);
            Assert.That(ours.Query, Is.EquivalentTo(expected[2].EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.GetString()!))), text);
            Assert.That(ours.Hosts, Is.EqualTo(expected[3].EnumerateArray().Select(Host)), text);
        }
    }

    static TransportHost Host(JsonElement host) =>
        new(host[0].GetString(), host[1].ValueKind == JsonValueKind.Null ? null : host[1].GetInt32(), host[2].GetString(), host[3].GetString());

    static string?[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(i => i.GetString())];
}
