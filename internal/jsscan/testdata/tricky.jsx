// @flow
const A = () => <div onClick={() => 1} {...props}>it's {x => x} a "text" with } and function () {'{'} <br/> &lt; {/* comment */}</div>
function B({ a, b = <p>{() => 1}</p> }) { return a < b ? <A.B-c d:e="x>y" f={<i/>} g='it"s' /> : <></> }
const C = memo(function Inner() { return <>a{b ? <c>{() => d}</c> : null}</> })
const D = forwardRef((props, ref) => (
	<ul>
		{items.map(item => <li key={item}>{item} // no comment</li>)}
		{/* function no() {} */}
	</ul>
))
class E extends React.Component {
	state = { a: 1 }
	handle = e => { this.x(() => <a/>) }
	render() { return <p>{this.props.a}</p> }
}
export default function () { return <div class="a" function={() => 1}>don't</div> }
const typed = (x: number, y?: { a: string, f: (z: number) => void }): Promise<void> => y, generic = 1
function flow(x: ?string, ...rest: Array<() => void>): { a: number } { return x }
const F = () =>
	<div>
	</div>
const g = a < b && c > d, h = x => x
