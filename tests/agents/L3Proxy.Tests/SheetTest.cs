using Cascade.L3Proxy;
using Cascade.Support.Sheets;

namespace L3Proxy.Tests;

/// <summary>Texts that operators read, held against the product.</summary>
sealed class SheetTest
{
    [Test]
    public void The_sheet_of_answers_says_what_the_contents_pages_say() =>
        new AnswersSheet("cascade-l3-proxy", "agents/L3Proxy", [new L3ProxyPage().Page()], L3ProxyPage.NotHeard).Match();

    [Test]
    public Task The_sample_of_the_configuration_is_what_the_executable_writes() =>
        SampleSheet.MatchAsync("cascade-l3-proxy", "agents/L3Proxy/deploy/l3-proxy.conf.sample");
}
