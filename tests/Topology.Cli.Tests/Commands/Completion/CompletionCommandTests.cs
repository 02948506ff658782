using System.Diagnostics;

namespace Topology.Cli.Tests;

public sealed class CompletionCommandTests
{
    private const string Bash = "/usr/bin/bash";

    [TestCase("r", "run rebalance resume")]
    [TestCase("--", "--help --version")]
    [TestCase("kill o", "orders")]
    [TestCase("kill orders w", "wordcount")]
    [TestCase("describe ", "orders wordcount")]
    [TestCase("submit --wait ", "running completed")]
    [TestCase("submit --na", "--name")]
    [TestCase("list -o j", "json jsonl")]
    [TestCase("list --output n", "name")]
    [TestCase("run -o ", "table json")]
    [TestCase("logs orders --level w", "warn")]
    [TestCase("context u", "use")]
    [TestCase("context use ", "near far")]
    [TestCase("list --context f", "far")]
    [TestCase("completion ", "bash zsh fish")]
    [TestCase("help vers", "")]
    [TestCase("help sub", "submit")]
    [TestCase("submit fil", "file.dll")]
    [TestCase("submit --config fil", "file.dll")]
    [TestCase("submit --name mine --inactive fil", "file.dll")]
    [TestCase("submit file.dll fil", "")]
    [TestCase("context --address there use f", "far")]
    [TestCase("submit --name ", "")]
    [TestCase("list ", "")]
    public async Task Bash_completes_what_can_follow(string line, string expected)
    {
        if (!File.Exists(Bash)) Assert.Ignore("There is no bash.");
        using var folder = new TempFolder();
        folder.Write("file.dll", "");
        var program = TestProgram.WithoutOwn;
        await program.RunAsync("completion", "bash");
        var script = folder.Write("script/completion", program.Out);
        var words = string.Join(' ', line.Split(' ').Select(w => $"'{w}'"));

        var answer = RunBash(folder.Path, $"""
            source {script}
            topology() {"{"} if [[ "$*" == 'list -o name' ]]; then printf 'orders\nwordcount\n'; elif [[ "$*" == 'context list -o name' ]]; then printf 'near\nfar\n'; fi; {"}"}
            COMP_WORDS=(topology {words}); COMP_CWORD={line.Split(' ').Length}
            _topology
            printf '%s ' "${"{"}COMPREPLY[@]{"}"}"
            complete -p topology >/dev/null
            """);
        Assert.That(answer.Trim().Split(' '), Is.EquivalentTo(expected.Split(' ')));
    }

    [TestCase("bash")]
    [TestCase("zsh")]
    [TestCase("fish")]
    public async Task A_script_knows_every_command_and_option(string shell)
    {
        var program = TestProgram.WithoutOwn;

        Assert.That(await program.RunAsync("completion", shell), Is.EqualTo(ExitCode.Success));
        foreach (var verb in CommandVerbs.Verbs)
        {
            Assert.That(program.Out, Does.Contain(verb.Name));
            foreach (var (option, _) in OptionList.Of(verb.Arguments).Options) Assert.That(program.Out, Does.Contain(option.LongName));
        }
    }

    [Test]
    public async Task A_shell_that_is_not_known_may_be_another()
    {
        var program = TestProgram.WithoutOwn;

        Assert.That(await program.RunAsync("completion", "bahs"), Is.EqualTo(ExitCode.Usage));
        Assert.That(program.Error, Does.StartWith("error: no completion for 'bahs'; did you mean 'bash'?"));
    }

    private static string RunBash(string folder, string script)
    {
        var start = new ProcessStartInfo(Bash) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { "--norc", "--noprofile", "-c", script } };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors.Result);
        // Outside of a completion there is no compopt.
        Assert.That(errors.Result, Is.Empty);
        return output;
    }
}
